using System.Reflection;

namespace CalendarActors.Architecture.Tests;

/// <summary>The tree and the assemblies that these tests look at.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", "artifacts", "TestResults", "data"];

    /// <summary>Full path of the folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Projects under <c>src</c> by name.</summary>
    public static string[] Projects { get; } =
        [.. Files("*.csproj").Where(f => f.StartsWith("src/", StringComparison.Ordinal)).Select(ProjectName)];

    /// <summary>Paths from the root, with forward slashes, of files that belong to the project.</summary>
    public static IEnumerable<string> Files(string pattern) => Walk(Root, pattern).Order(StringComparer.Ordinal);

    /// <summary>C# files under one of the folders.</summary>
    public static IEnumerable<string> Code(params string[] folders) =>
        Files("*.cs").Where(file => folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));

    /// <summary>A file's text.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>A file's lines.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>Our assembly of that project: the stand-in for Google's package bears the package's name.</summary>
    public static Assembly Load(string project) =>
        Assembly.Load(project.StartsWith("Google.", StringComparison.Ordinal) ? project : "CalendarActors." + project);

    /// <summary>Types that we wrote in it: no closures, no code that Orleans or Razor generated.</summary>
    public static IEnumerable<Type> WrittenTypes(string project) => Load(project).GetTypes().Where(IsWritten);

    /// <summary><c>src/Domain/Domain.csproj</c> is <c>Domain</c>.</summary>
    public static string ProjectName(string projectFile) => Path.GetFileNameWithoutExtension(projectFile);

    private static bool IsWritten(Type type) =>
        type.Namespace?.StartsWith("CalendarActors", StringComparison.Ordinal) == true
        && !type.FullName!.Contains('<', StringComparison.Ordinal)
        && !type.GetCustomAttributesData().Any(IsGeneratorMark)
        && (type.DeclaringType is null || IsWritten(type.DeclaringType));

    private static bool IsGeneratorMark(CustomAttributeData attribute) =>
        attribute.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute" or "RazorCompiledItemMetadataAttribute";

    private static IEnumerable<string> Walk(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(child => !NotOurs.Contains(Path.GetFileName(child), StringComparer.Ordinal))
                .SelectMany(child => Walk(child, pattern)));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CalendarActors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("These tests run inside the project's tree.");
    }
}

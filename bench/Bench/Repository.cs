namespace CalendarActors.Bench;

/// <summary>Where things are.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The built product.</summary>
    public static string Standalone => Program("Standalone");

    /// <summary>The built probe that runs inside it.</summary>
    public static string HeapProbe =>
        Path.Combine(Root, "bench/HeapProbe/bin/Release/net10.0/CalendarActors.HeapProbe.dll");

    /// <summary>This program, to start peers with.</summary>
    public static string Bench => typeof(Repository).Assembly.Location;

    /// <summary>A built program of the product.</summary>
    public static string Program(string name) => Path.Combine(Root, $"src/{name}/bin/Release/net10.0/CalendarActors.{name}.dll");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CalendarActors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run inside the project's tree.");
    }
}

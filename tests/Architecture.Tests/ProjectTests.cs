using System.Xml.Linq;

namespace CalendarActors.Architecture.Tests;

/// <summary>What the project files say: catches an arrow that nobody uses yet.</summary>
public sealed class ProjectTests
{
    public static TheoryData<string> Projects => [.. Arrows.Table.Select(row => row.Project)];

    [Fact]
    public void Table_WhenComparedWithTheTree_HasEveryProjectUnderSrc() =>
        Assert.Equal(Repository.Projects.Order(), Arrows.Table.Select(row => row.Project).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_WhenItReferencesProjects_ReferencesThoseOfTheTable(string project) =>
        Assert.Equal(
            Row(project).Projects.Order(),
            References($"src/{project}/{project}.csproj", "ProjectReference").Select(Repository.ProjectName).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_WhenItReferencesPackages_ReferencesNoOthersThanAllowed(string project) =>
        Findings.None(
            References($"src/{project}/{project}.csproj", "PackageReference")
                .Where(package => !Row(project).Packages.Any(p => package.StartsWith(p, StringComparison.Ordinal))),
            $"{project} may not reference these packages; the table is Arrows.cs, a change of it needs a decision record:");

    [Fact]
    public void Simulators_WhenTheyReferenceProjects_ReferenceNothingUnderSrc() =>
        Findings.None(
            from file in Repository.Files("*.csproj")
            where file.StartsWith("simulators/", StringComparison.Ordinal)
            from reference in References(file, "ProjectReference")
            where reference.Contains("src/", StringComparison.Ordinal)
            select $"{file} → {reference}",
            "A simulator that shares our code shares our mistakes (docs/adr/0006):");

    [Fact]
    public void ProjectsUnderSrc_WhenTheyReferenceProjects_ReferenceNoTest() =>
        Findings.None(
            from file in Repository.Files("*.csproj")
            where file.StartsWith("src/", StringComparison.Ordinal)
            from reference in References(file, "ProjectReference")
            where reference.Contains("tests/", StringComparison.Ordinal) || reference.Contains("bench/", StringComparison.Ordinal)
            select $"{file} → {reference}",
            "The product does not know its tests:");

    [Fact]
    public void Solution_WhenComparedWithTheTree_HoldsEveryProject()
    {
        string solution = Repository.Read("CalendarActors.sln").Replace('\\', '/');

        Findings.None(
            Repository.Files("*.csproj").Where(file => !solution.Contains(file, StringComparison.Ordinal)),
            "Add to the solution with 'dotnet sln add':");
    }

    [Fact]
    public void Packages_WhenReferenced_TakeTheirVersionFromOnePlace() =>
        Findings.None(
            from file in Repository.Files("*.csproj")
            from element in XDocument.Parse(Repository.Read(file)).Descendants("PackageReference")
            where element.Attribute("Version") is not null || element.Attribute("VersionOverride") is not null
            select $"{file}: {element.Attribute("Include")?.Value}",
            "Versions stand in Directory.Packages.props:");

    private static Arrows Row(string project) => Arrows.Table.Single(row => row.Project == project);

    private static IEnumerable<string> References(string file, string kind) =>
        XDocument.Parse(Repository.Read(file)).Descendants(kind)
            .Select(element => element.Attribute("Include")?.Value.Replace('\\', '/'))
            .OfType<string>();
}

namespace CalendarActors.Architecture.Tests;

/// <summary>What the built assemblies reference: catches what packages drag in.</summary>
public sealed class AssemblyTests
{
    public static TheoryData<string> Projects => [.. Arrows.Table.Select(row => row.Project)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_WhenBuilt_ReferencesNothingForbidden(string project)
    {
        string[] forbidden = Arrows.Table.Single(row => row.Project == project).ForbiddenAssemblies;

        // A comma ends a forbidden name that must match whole: "CalendarActors.Grains," is not Grains.Interfaces.
        Findings.None(
            Repository.Load(project).GetReferencedAssemblies()
                .Select(name => name.FullName)
                .Where(name => forbidden.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))),
            $"{project} must not lean on:");
    }

    [Fact]
    public void Domain_WhenBuilt_ReferencesTheRuntimeAndNodaTimeOnly() =>
        Findings.None(
            Repository.Load("Domain").GetReferencedAssemblies()
                .Select(name => name.Name!)
                .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not "NodaTime" and not "netstandard"),
            "Domain is pure:");
}

using System.Text.RegularExpressions;

namespace CalendarActors.Architecture.Tests;

/// <summary>What pages promise: paths that exist, records with their headings, options with their defaults.</summary>
public sealed partial class PageTests
{
    private static readonly string[] Headings = ["Context", "Options", "Decision", "Consequences", "How we"];

    public static TheoryData<string> Pages => ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/map.md"];

    public static TheoryData<string> Records =>
        [.. Repository.Files("*.md").Where(f => RecordFile().IsMatch(f))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_WhenItNamesAPath_NamesOneThatExists(string page) =>
        Findings.None(
            Paths(page).Where(path => !Exists(page, path)),
            $"{page} names what is not there:");

    [Theory]
    [MemberData(nameof(Records))]
    public void DecisionRecord_WhenWritten_HasEveryHeading(string record)
    {
        string[] found = [.. Repository.Lines(record).Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..])];

        Findings.None(
            Headings.Where(heading => !found.Any(f => f.StartsWith(heading, StringComparison.OrdinalIgnoreCase))),
            $"{record} lacks:");
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void DecisionRecord_WhenWritten_StandsInTheIndexOnce(string record) =>
        Assert.Single(
            Repository.Lines("docs/adr/README.md"),
            line => line.Contains($"({Path.GetFileName(record)})", StringComparison.Ordinal));

    [Fact]
    public void DecisionRecord_WhenNumbered_HasItsNumberAlone() =>
        Findings.None(
            Repository.Files("*.md").Where(f => RecordFile().IsMatch(f))
                .GroupBy(f => Path.GetFileName(f)[..4], StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
                .Select(group => string.Join(", ", group)),
            "Two records with one number:");

    // In backticks or links, with a slash, no placeholders: those are paths of the tree.
    private static IEnumerable<string> Paths(string page)
    {
        string text = Fence().Replace(Repository.Read(page), "");
        return Quoted().Matches(text).Select(match => match.Groups[1].Value)
            .Where(word => TreePath().IsMatch(word))
            .Concat(Link().Matches(text).Select(match => match.Groups[1].Value.Split('#')[0]).Where(target => target.Length > 0
                && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal);
    }

    private static bool Exists(string page, string path)
    {
        string[] places =
        [
            Path.Combine(Repository.Root, path),
            Path.Combine(Repository.Root, Path.GetDirectoryName(page) ?? "", path),
        ];
        return places.Any(place => File.Exists(place) || Directory.Exists(place));
    }

    [GeneratedRegex(@"docs/adr/\d{4}-[^/]+\.md$", RegexOptions.None, 1000)]
    private static partial Regex RecordFile();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\\s]+)`", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?:src|tests|bench|docs|eng|samples|simulators|\.ci)/[\w./-]*$|^[\w.-]+\.(?:sln|props|yml)$", RegexOptions.None, 1000)]
    private static partial Regex TreePath();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}

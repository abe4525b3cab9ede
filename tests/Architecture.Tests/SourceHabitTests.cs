using System.Text.RegularExpressions;

namespace CalendarActors.Architecture.Tests;

/// <summary>Habits that only the text of the code shows.</summary>
public sealed partial class SourceHabitTests
{
    private const int LinesOfAFile = 400;
    private const int LinesOfAGrain = 250;

    /// <summary>Files that may wait by the clock.</summary>
    private static readonly string[] MayWait =
    [
        // Polls real processes, with a deadline.
        "tests/TestKit/Eventually.cs",
        "tests/TestKit/CalDavServers/ServerProcess.cs",
        // Looks whether the cluster's real threads are at rest between two steps of the virtual clock.
        "tests/Grains.Tests/Cluster/Workload.cs",
    ];

    // The records of one row, the shapes of one endpoint, a surrogate with its converter: read together, changed together.
    private static readonly string[] FamilySuffixes = ["State", "Wire", "Surrogate", "Surrogates", "Rows"];

    /// <summary>Other files that hold several types: a small closed set whose cases are read together.</summary>
    private static readonly string[] MayHoldSeveralTypes =
    [
        "src/Domain/Grants/IssuedTokens.cs",
        "src/Gateway/RateLimits/RateVerdict.cs",
        "src/Grains/Sync/PackedSchedule.cs",
        "src/Grains/Sync/SortedEntries.cs",
    ];

    [Fact]
    public void File_WhenItGrows_StaysUnderItsCeiling() =>
        Findings.None(
            from file in Repository.Code("src", "tests", "bench", "simulators")
            let lines = Repository.Lines(file).Length
            where lines > LinesOfAFile
            select $"{file}: {lines} lines",
            $"More than {LinesOfAFile} lines is two ideas:");

    [Fact]
    public void File_WhenMerged_HasNoMarkOfAConflict() =>
        Findings.None(
            from file in Repository.Code("src", "tests", "bench", "samples").Concat(Repository.Files("*.md"))
            where Repository.Lines(file).Any(line =>
                line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal))
            select file,
            "Both sides of a merge are still there:");

    [Fact]
    public void Grain_WhenAllItsPartsAreCounted_StaysUnderItsCeiling() =>
        Findings.None(
            from file in Repository.Code("src/Grains")
            let match = GrainFile().Match(file)
            where match.Success && !file.EndsWith(".Log.cs", StringComparison.Ordinal)
            group Repository.Lines(file).Length by match.Groups[1].Value into grain
            where grain.Sum() > LinesOfAGrain
            select $"{grain.Key}: {grain.Sum()} lines",
            $"A grain over {LinesOfAGrain} lines gives policy to Domain or splits by identity:");

    [Fact]
    public void File_WhenItHoldsSeveralTypes_IsAnInterfaceWithItsMessagesOrAConverter() =>
        Findings.None(
            from file in Repository.Code("src")
            where !file.StartsWith("src/Grains.Interfaces/", StringComparison.Ordinal) && !MayHoldSeveralTypes.Contains(file)
            let name = Path.GetFileNameWithoutExtension(file)
            where !InterfaceFile().IsMatch(name) && !FamilySuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
            let types = TopLevelType().Count(Repository.Read(file))
            where types > 1
            select $"{file}: {types} types",
            "One type a file; an interface may bring its messages, a surrogate its converter:");

    [Fact]
    public void Code_WhenItLands_IsFinished() =>
        Findings.None(
            from file in Repository.Code("src", "tests", "bench", "simulators")
            from line in Numbered(file)
            where Unfinished().IsMatch(line.Text)
            select $"{file}:{line.Number} {line.Text.Trim()}",
            "Finish it or file it:");

    [Fact]
    public void TestMethod_WhenNamed_SaysSubjectCircumstanceOutcome() =>
        Findings.None(
            from file in Repository.Code("tests")
            from Match match in TestMethod().Matches(Repository.Read(file))
            where !ThreeParts().IsMatch(match.Groups[1].Value)
            select $"{file}: {match.Groups[1].Value}",
            "Name it Subject_WhenCircumstance_Outcome:");

    [Fact]
    public void Test_WhenItWaits_WaitsForSomething() =>
        Findings.None(
            from file in Repository.Code("tests")
            where !MayWait.Contains(file)
            from line in Numbered(file)
            where Sleeping().IsMatch(line.Text)
            select $"{file}:{line.Number} {line.Text.Trim()}",
            "A test that sleeps is slow and still wrong now and then: wait for a signal or move the clock:");

    [Fact]
    public void Test_WhenSkipped_SaysWhyByWhatItNeeds() =>
        Findings.None(
            from file in Repository.Code("tests")
            from line in Numbered(file)
            where SkippedForGood().IsMatch(line.Text)
            select $"{file}:{line.Number}",
            "A test skipped for good is no test; one that needs a program says so with FactNeeding:");

    [Fact]
    public void Reentrancy_WhenAllowed_IsExplained() =>
        Findings.None(
            from file in Repository.Code("src")
            let lines = Repository.Lines(file)
            from index in Enumerable.Range(0, lines.Length)
            where Reentrancy().IsMatch(lines[index])
            let above = lines.Take(index).Reverse().SkipWhile(line => line.TrimStart().StartsWith('[')).FirstOrDefault() ?? ""
            where !above.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{file}:{index + 1}",
            "Say above it which cycle it allows and what holds across the await:");

    [Fact]
    public void TrackedText_WhenItLands_NamesNoMachine() =>
        Findings.None(
            from pattern in new[] { "*.cs", "*.md", "*.csproj", "*.props", "*.sh", "*.mjs", "*.js", "*.json", "*.yml", "run", "Dockerfile", "*.cshtml" }
            from file in Repository.Files(pattern)
            where !file.EndsWith("packages.lock.json", StringComparison.Ordinal)
            from line in Numbered(file)
            where MachinePath().IsMatch(line.Text)
            select $"{file}:{line.Number} {line.Text.Trim()}",
            "A path of one machine, or the host of a registry, does not belong in the tree:");

    [Fact]
    public void Root_WhenListed_IsQuiet()
    {
        string[] allowed = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

        Findings.None(
            Directory.GetFiles(Repository.Root, "*.md").Select(file => Path.GetFileName(file)).Except(allowed),
            "What matters is a decision record or a page under docs; the rest is an issue:");
    }

    private static IEnumerable<(int Number, string Text)> Numbered(string file) =>
        Repository.Lines(file).Select((text, index) => (index + 1, text));

    // Written so that this line does not find itself.
    [GeneratedRegex(@"\b(T[O]DO|F[I]XME|H[A]CK|NotImplement[e]dException)\b", RegexOptions.None, 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"/(\w+Grain)(\.\w+)?\.cs$", RegexOptions.None, 1000)]
    private static partial Regex GrainFile();

    [GeneratedRegex("^I[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex InterfaceFile();

    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|ref|file) )*(?:class|record|struct|interface|enum|delegate) ", RegexOptions.Multiline, 1000)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\[(?:Fact|Theory)\w*(?:\([^\)]*\))?(?:,[^\]]*)?\](?:\s*(?://[^\n]*\n\s*)?\[(?:[^\[\]""]|""(?:[^""\\]|\\.)*""|\[[^\]]*\])*\])*\s*public (?:async )?[\w<>\?]+ (\w+)\(", RegexOptions.None, 5000)]
    private static partial Regex TestMethod();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Z0-9][A-Za-z0-9]*){2,3}$", RegexOptions.None, 1000)]
    private static partial Regex ThreeParts();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\((?!Timeout\.Infinite)", RegexOptions.None, 1000)]
    private static partial Regex Sleeping();

    [GeneratedRegex(@"\[(?:Fact|Theory|InlineData)\w*\(.*Skip ?= ?""|Assert\.True\(true\)", RegexOptions.None, 1000)]
    private static partial Regex SkippedForGood();

    [GeneratedRegex(@"^\s*\[(Reentrant|MayInterleave|AlwaysInterleave)\b", RegexOptions.None, 1000)]
    private static partial Regex Reentrancy();

    // Homes and work folders; package lock files that pin a registry's address.
    [GeneratedRegex(@"(?<![\w.>])/(work|farm|root)/[A-Za-z.]|""resolved"": ""http", RegexOptions.None, 1000)]
    private static partial Regex MachinePath();
}

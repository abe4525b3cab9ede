using System.Text.RegularExpressions;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Sdk;

/// <summary>The samples, as a reader of the README runs them: the official SDK against a fresh Standalone.</summary>
public sealed partial class NodeTourTests : IDisposable
{
    /// <summary>Set by <c>eng/renew.sh</c>: write the table instead of comparing with it.</summary>
    private const string Renewing = "CALENDARACTORS_RENEW";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("tour");

    public void Dispose() => _data.Delete(recursive: true);

    [FactNeeding("node", "npm")]
    public async Task Tour_WhenRunAgainstAFreshNode_ReachesItsEnd() =>
        Assert.Contains("The tour is done.", await RunAsync("tour.mjs"), StringComparison.Ordinal);

    /// <summary>The table of docs/compatibility.md is what a run of every method printed.</summary>
    [FactNeeding("node", "npm")]
    public async Task EveryMethod_WhenCalledThroughTheSdk_AnswersAsTheTableSays()
    {
        string output = await RunAsync("every-method.mjs");
        string[] rows = [.. output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Contains($"{rows.Length} methods were called.", output, StringComparison.Ordinal);
        Assert.True(rows.Length > 40, output);

        string path = Path.Combine(NodeScript.Root(), "docs", "compatibility.md");
        string page = await File.ReadAllTextAsync(path);
        Assert.Matches(Table(), page);
        string written = Table().Replace(page, match => $"{match.Groups[1].Value}{string.Join('\n', rows)}\n");
        if (Environment.GetEnvironmentVariable(Renewing) is "true")
        {
            await File.WriteAllTextAsync(path, written);
        }
        else
        {
            Assert.True(
                page == written,
                "docs/compatibility.md differs; eng/renew.sh writes it anew:\n" + string.Join('\n', rows.Where(row => !page.Contains(row, StringComparison.Ordinal))));
        }
    }

    [FactNeeding("node", "npm")]
    public async Task Trigger_WhenAnEventBegins_IsACallThatTheSdkTakesForOurs() =>
        Assert.Contains("The event began.", await RunAsync("trigger.mjs"), StringComparison.Ordinal);

    private async Task<string> RunAsync(string script)
    {
        // The scripts ask faster than 50 times a second, as no application does for long.
        await using RunningNode node = await RunningNode.StartAsync("Standalone", _data.FullName, new Dictionary<string, string>
        {
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
            ["CalendarActors:Outbound:AllowedHosts:0"] = "127.0.0.1",
        });
        await using NodeScript running = await NodeScript.StartAsync(script, node);
        return await running.EndAsync();
    }

    [GeneratedRegex(@"(\| method of the npm SDK \| outcome \| remark \|\n\| --- \| --- \| --- \|\n)(?:\|.*\n)*", RegexOptions.None, 1000)]
    private static partial Regex Table();
}

using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Sdk;

/// <summary>The samples, as a reader of the README runs them: the official SDK against a fresh Standalone.</summary>
public sealed class NodeTourTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("tour");

    public void Dispose() => _data.Delete(recursive: true);

    [FactNeeding("node", "npm")]
    public async Task Tour_WhenRunAgainstAFreshNode_ReachesItsEnd() =>
        Assert.Contains("The tour is done.", await RunAsync("tour.mjs"), StringComparison.Ordinal);

    [FactNeeding("node", "npm")]
    public async Task EveryMethod_WhenCalledThroughTheSdk_AnswersAsItsCallersRelyOn() =>
        Assert.Contains("17 methods were called", await RunAsync("every-method.mjs"), StringComparison.Ordinal);

    private async Task<string> RunAsync(string script)
    {
        // The scripts ask faster than 50 times a second, as no application does for long.
        await using RunningNode node = await RunningNode.StartAsync("Standalone", _data.FullName, new Dictionary<string, string>
        {
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
        });
        await using NodeScript running = await NodeScript.StartAsync(script, node);
        return await running.EndAsync();
    }
}

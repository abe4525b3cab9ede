using System.Diagnostics;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Sdk;

/// <summary>The samples, as a reader of the README runs them: the official SDK against a fresh Standalone.</summary>
public sealed class NodeTourTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("tour");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _data.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [FactNeeding("node", "npm")]
    public async Task Tour_WhenRunAgainstAFreshNode_ReachesItsEnd() =>
        Assert.Contains("The tour is done.", await RunAsync("tour.mjs"), StringComparison.Ordinal);

    [FactNeeding("node", "npm")]
    public async Task EveryMethod_WhenCalledThroughTheSdk_AnswersAsItsCallersRelyOn() =>
        Assert.Contains("17 methods were called", await RunAsync("every-method.mjs"), StringComparison.Ordinal);

    private async Task<string> RunAsync(string script)
    {
        string samples = Path.Combine(Root(), "samples", "node-tour");
        if (!Directory.Exists(Path.Combine(samples, "node_modules", "cronofy")))
        {
            await RunAsync(samples, [], "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        }

        // The scripts ask faster than 50 times a second, as no application does for long.
        await using RunningNode node = await RunningNode.StartAsync("Standalone", _data.FullName, new Dictionary<string, string>
        {
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
        });
        Dictionary<string, string> environment = new()
        {
            ["CALENDARACTORS_URL"] = node.Address.ToString(),
            ["CALENDARACTORS_OPERATOR_KEY"] = RunningNode.OperatorKey,
        };
        return await RunAsync(samples, environment, "node", script);
    }

    private static async Task<string> RunAsync(
        string folder, Dictionary<string, string> environment, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CalendarActors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Tests run inside the project's tree.");
    }
}

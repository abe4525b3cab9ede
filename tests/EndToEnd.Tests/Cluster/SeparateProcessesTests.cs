using System.Diagnostics;
using System.Security.Cryptography;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;
using CalendarActors.TestKit.PostgreSql;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>Silo and gateway as processes of their own on PostgreSQL: nothing may assume one process.</summary>
public sealed class SeparateProcessesTests
{
    [FactNeeding("initdb", "node")]
    public async Task Tour_WhenSiloAndGatewayAreSeparateProcesses_RunsToItsEnd()
    {
        await using PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        Dictionary<string, string> settings = new()
        {
            ["CalendarActors:Storage:Provider"] = "PostgreSql",
            ["CalendarActors:Storage:ConnectionString"] = await database.CreateDatabaseAsync(),
            ["CalendarActors:Cluster:Mode"] = "AdoNet",
            ["CalendarActors:Secrets:MasterKeys:0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["CalendarActors:Secrets:IdKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };

        // Both at once: a gateway waits for its silo.
        Task<RunningNode> starting = RunningNode.StartAsync("Gateway", NewFolder(), settings);
        await using RunningNode silo = await RunningNode.StartAsync("Silo", NewFolder(), settings);
        await using RunningNode gateway = await starting;

        (int exitCode, string output) = await RunTourAsync(gateway);

        Assert.True(exitCode == 0, $"{output}\n--- gateway\n{gateway.Output}\n--- silo\n{silo.Output}");
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Equal(0, await silo.StopAsync());
    }

    private static async Task<(int ExitCode, string Output)> RunTourAsync(RunningNode gateway)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
        {
            root = root.Parent;
        }

        ProcessStartInfo start = new(Installed.Find("node")!, ["tour.mjs"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(root!.FullName, "samples/node-tour"),
        };
        start.Environment["CALENDARACTORS_URL"] = gateway.Address.ToString().TrimEnd('/');
        start.Environment["CALENDARACTORS_OPERATOR_KEY"] = RunningNode.OperatorKey;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("calendaractors-cluster").FullName;
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using CalendarActors.TestKit;
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
        Dictionary<string, string> settings = Settings(await database.CreateDatabaseAsync());

        // Both at once: a gateway waits for its silo.
        Task<RunningNode> starting = RunningNode.StartAsync("Gateway", NewFolder(), settings);
        await using RunningNode silo = await RunningNode.StartAsync("Silo", NewFolder(), settings);
        await using RunningNode gateway = await starting;

        (int exitCode, string output) = await RunTourAsync(gateway);

        Assert.True(exitCode == 0, $"{output}\n--- gateway\n{gateway.Output}\n--- silo\n{silo.Output}");
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Equal(0, await silo.StopAsync());
    }

    [FactNeeding("initdb")]
    public async Task Write_WhenTheDatabaseIsAway_Is503UntilItIsBack()
    {
        await using PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        Dictionary<string, string> settings = Settings(await database.CreateDatabaseAsync());
        Task<RunningNode> starting = RunningNode.StartAsync("Gateway", NewFolder(), settings);
        await using RunningNode silo = await RunningNode.StartAsync("Silo", NewFolder(), settings);
        await using RunningNode gateway = await starting;
        ApplicationCalendar calendar = await ApplicationCalendar.OpenAsync(gateway);

        await database.InterruptAsync();
        using HttpResponseMessage refused = await WriteAsync();
        using HttpResponseMessage unregistered = await gateway.OperateAsync(
            HttpMethod.Post, "/operator/applications", JsonContent.Create(new { name = "Late", redirect_uris = Array.Empty<string>() }));
        await database.ResumeAsync();

        foreach (HttpResponseMessage response in new[] { refused, unregistered })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        }

        await Eventually.HoldsAsync(async () =>
        {
            using HttpResponseMessage accepted = await WriteAsync();
            return accepted.StatusCode == HttpStatusCode.Accepted;
        });

        Task<HttpResponseMessage> WriteAsync() =>
            calendar.UpsertAsync(gateway.Http, "meeting", TimeProvider.System.GetUtcNow().AddDays(6), "Meeting");
    }

    private static Dictionary<string, string> Settings(string connectionString) => new()
    {
        ["CalendarActors:Storage:Provider"] = "PostgreSql",
        ["CalendarActors:Storage:ConnectionString"] = connectionString,
        ["CalendarActors:Cluster:Mode"] = "AdoNet",
        ["CalendarActors:Secrets:MasterKeys:0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["CalendarActors:Secrets:IdKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
    };

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

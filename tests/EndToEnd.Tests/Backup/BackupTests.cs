using System.Globalization;
using System.Net;
using CalendarActors.EndToEnd.Tests.Cluster;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;
using CalendarActors.TestKit.PostgreSql;
using Microsoft.Data.Sqlite;

namespace CalendarActors.EndToEnd.Tests.Backup;

/// <summary>The drills of docs/backup.md: what was acknowledged before a backup is there after it is restored.</summary>
public sealed class BackupTests
{
    private const int Events = 30;

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["CalendarActors:RateLimit:PerSecond"] = "0",
        ["CalendarActors:RateLimit:PerMinute"] = "0",
    };

    [Fact]
    public async Task Sqlite_WhenBackedUpAmidWritesAndRestoredElsewhere_HasWhatWasAcknowledgedBefore()
    {
        string backup = NewFolder();
        ApplicationCalendar calendar;
        string[] before;
        string data = NewFolder();
        await using (RunningNode node = await RunningNode.StartAsync("Standalone", data, Settings))
        {
            calendar = await ApplicationCalendar.OpenAsync(node);
            before = await WriteAsync(calendar, node, "before");
            Task<string[]> meanwhile = WriteAsync(calendar, node, "meanwhile");

            // State first: a key that is made meanwhile is then in the backup too.
            Copy(data, backup, "calendaractors.db");
            Copy(data, backup, "keys.db");
            await meanwhile;
            await node.KillAsync();
        }

        foreach (string key in Directory.GetFiles(data, "*.key"))
        {
            File.Copy(key, Path.Combine(backup, Path.GetFileName(key)));
        }

        Directory.Delete(data, recursive: true);
        await using RunningNode restored = await RunningNode.StartAsync("Standalone", backup, Settings);
        string[] found = [.. (await calendar.ReadAllAsync(restored.Http)).Select(e => e.EventId)];

        Assert.Empty(before.Except(found));
        Assert.Equal(found.Length, found.Distinct(StringComparer.Ordinal).Count());
        await WriteAsync(calendar, restored, "after");
    }

    [FactNeeding("initdb")]
    public async Task Node_WhenCopiedToPostgreSqlAndThatRestoredFromADump_HasEverything()
    {
        await using PostgreSqlCluster postgreSql = await PostgreSqlCluster.StartAsync();
        string data = NewFolder();
        ApplicationCalendar calendar;
        List<string> written = [];
        await using (RunningNode node = await RunningNode.StartAsync("Standalone", data, Settings))
        {
            calendar = await ApplicationCalendar.OpenAsync(node);
            written.AddRange(await WriteAsync(calendar, node, "alone"));
            Assert.Equal(0, await node.StopAsync());
        }

        string database = await postgreSql.CreateDatabaseAsync();
        (int exitCode, string output) = await RunningNode.RunToEndAsync(
            "Standalone",
            data,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["CalendarActors:CopyTo:ConnectionString"] = database },
            "--copy-to-postgresql");
        Assert.True(exitCode == 0 && output.Contains("Copied.", StringComparison.Ordinal), output);
        await ReadAndWriteAsync(database, "cluster");

        string restored = await postgreSql.RestoreFromDumpAsync(database);

        await ReadAndWriteAsync(restored, "restored");

        async Task ReadAndWriteAsync(string connectionString, string name)
        {
            Dictionary<string, string> settings = new(Settings, StringComparer.Ordinal)
            {
                ["CalendarActors:Storage:Provider"] = "PostgreSql",
                ["CalendarActors:Storage:ConnectionString"] = connectionString,
                ["CalendarActors:Cluster:Mode"] = "AdoNet",
                ["CalendarActors:Cluster:ClusterId"] = name,
                ["CalendarActors:Secrets:MasterKeys:0"] = await KeyAsync(data, "master.key"),
                ["CalendarActors:Secrets:IdKey"] = await KeyAsync(data, "id.key"),
            };
            await using RunningNode silo = await RunningNode.StartAsync("Silo", NewFolder(), settings);
            await using RunningNode gateway = await RunningNode.StartAsync("Gateway", NewFolder(), settings);
            Assert.Equal(
                written.Order(StringComparer.Ordinal),
                (await calendar.ReadAllAsync(gateway.Http)).Select(e => e.EventId).Order(StringComparer.Ordinal));
            written.AddRange(await WriteAsync(calendar, gateway, name));
            Assert.Equal(0, await gateway.StopAsync());
            Assert.Equal(0, await silo.StopAsync());
        }
    }

    private static async Task<string[]> WriteAsync(ApplicationCalendar calendar, RunningNode node, string name)
    {
        string[] ids = [.. Enumerable.Range(0, Events).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"))];
        foreach (string id in ids)
        {
            using HttpResponseMessage answer = await calendar.UpsertAsync(node.Http, id, TimeProvider.System.GetUtcNow().AddDays(7), id);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        return ids;
    }

    /// <summary>What <c>sqlite3 data/… ".backup …"</c> does.</summary>
    private static void Copy(string from, string to, string file)
    {
        using SqliteConnection source = new($"Data Source={Path.Combine(from, file)};Pooling=false");
        using SqliteConnection target = new($"Data Source={Path.Combine(to, file)};Pooling=false");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    private static async Task<string> KeyAsync(string data, string file) => (await File.ReadAllTextAsync(Path.Combine(data, file))).Trim();

    private static string NewFolder() => Directory.CreateTempSubdirectory("calendaractors-backup").FullName;
}

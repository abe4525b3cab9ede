using System.Diagnostics;
using CalendarActors.Bench.Peers;
using CalendarActors.TestKit.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CalendarActors.Bench;

/// <summary>
/// W3: 10,000 events of 50 calendars, from a CalDAV server through parsing, sealing and storage to readable, against the
/// fastest way to put the same rows into a database. Goal P3.
/// </summary>
internal static class PullBench
{
    private const int Calendars = 50;
    private const int Events = Calendars * CalDavPeer.EventsPerCalendar;

    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title($"p3: {Events:N0} events of {Calendars} CalDAV calendars, pulled and stored");
        await using ConnectScene scene = await ConnectScene.SetAsync(options, Calendars);
        DateTime start = SeededEvents.WindowStart(DateTime.UtcNow);
        SeededEvent[] events = [.. Enumerable.Range(0, Calendars).SelectMany(n => SeededEvents.Calendar(n, CalDavPeer.EventsPerCalendar, start))];
        await using PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        await using NpgsqlDataSource rows = NpgsqlDataSource.Create(await database.CreateDatabaseAsync());
        await using (NpgsqlCommand create = rows.CreateCommand(SqlPeer.Schema))
        {
            await create.ExecuteNonQueryAsync();
        }

        await scene.ConnectAsync();
        double[] medians = await Alternating.MediansAsync(
            options.Legs,
            new Side("ours, connect to readable, events/s", async () => Events / (await scene.ConnectAsync()).TotalSeconds),
            new Side("PostgreSQL COPY + upsert, rows/s", () => CopyAndUpsertAsync(rows, events)),
            new Side("SQLite one transaction, rows/s", () => Task.FromResult(OneTransaction(events))));
        Report.AtLeast(
            options.PostgreSql ? "P3 ours / COPY + upsert" : "P3 ours on SQLite / COPY + upsert (goal is for PostgreSQL)",
            medians[0] / medians[1], 0.33);
        Report.AtLeast(
            options.PostgreSql ? "P3 ours on PostgreSQL / one-transaction SQLite (goal is for SQLite)" : "P3 ours / one-transaction SQLite",
            medians[0] / medians[2], 0.20);
        Report.AtLeast("P3 ours / Cyrus PUT (47/s, measured apart)", medians[0] / 47, 100);
    }

    private static async Task<double> CopyAndUpsertAsync(NpgsqlDataSource database, SeededEvent[] events)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        Stopwatch watch = Stopwatch.StartNew();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await using (NpgsqlCommand stage = new("create temp table stage (like event) on commit drop", connection))
        {
            await stage.ExecuteNonQueryAsync();
        }

        await using (NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync("copy stage from stdin (format binary)"))
        {
            foreach (SeededEvent item in events)
            {
                await SqlTable.WriteAsync(copy, item.Id.Split('-')[1], item);
            }

            await copy.CompleteAsync();
        }

        await using (NpgsqlCommand upsert = new(
            """
            insert into event select * from stage on conflict (calendar_id, event_uid) do update set
              summary = excluded.summary, description = excluded.description, location = excluded.location,
              start_at = excluded.start_at, end_at = excluded.end_at, all_day = excluded.all_day, updated = excluded.updated
            """,
            connection))
        {
            await upsert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return events.Length / watch.Elapsed.TotalSeconds;
    }

    private static double OneTransaction(SeededEvent[] events)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("calendaractors-bench").FullName, "rows.db");
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "pragma journal_mode = wal; pragma synchronous = full; "
            + "create table event (calendar_id text, event_uid text, summary text, description text, location text, start_at text, end_at text, all_day integer, primary key (calendar_id, event_uid)) without rowid");
        Stopwatch watch = Stopwatch.StartNew();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "insert into event values ($c, $u, $s, $d, $l, $b, $e, $a)";
        foreach (string name in new[] { "$c", "$u", "$s", "$d", "$l", "$b", "$e", "$a" })
        {
            insert.Parameters.Add(new SqliteParameter(name, ""));
        }

        foreach (SeededEvent item in events)
        {
            object[] values =
            [
                item.Id.Split('-')[1], item.Id, item.Summary, item.Description, item.Location,
                SeededEvents.Text(item, item.Start), SeededEvents.Text(item, item.End), item.AllDay ? 1 : 0,
            ];
            for (int n = 0; n < values.Length; n++)
            {
                insert.Parameters[n].Value = values[n];
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        double rate = events.Length / watch.Elapsed.TotalSeconds;
        connection.Close();
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return rate;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using System.Data.Common;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Interfaces.Operators;
using CalendarActors.Grains.Operators;
using CalendarActors.Silo.Storage;
using NodaTime;

namespace CalendarActors.Silo.Operators;

/// <summary>Counts rows of the state database. Owed work through its partial index; lists and reminders by reading their keys.</summary>
internal sealed class DatabaseCounts(StateDatabase database) : IStoredCounts
{
    private const string Listed = $"""
        select kind, state, provider, count(*) from (
          select kind,
            case kind when '{DirectoryKinds.Connection}' then parent else '' end as state,
            case kind when '{DirectoryKinds.Connection}' then display else '' end as provider
          from directory_entry) entry
        group by kind, state, provider order by kind, state, provider
        """;

    private const string Owed = """
        select state_name, count(*), sum(case when owed_at < @@rested then 1 else 0 end) from grain_state
        where service_id = @service and owed_at is not null
        group by state_name order by state_name
        """;

    // The next tick is a whole number of periods after the start, however many were missed.
    private const string Reminders = """
        select count(*), coalesce(sum(case when since >= -@soon and (since < 0 or since % period >= period - @soon) then 1 else 0 end), 0)
        from (select period, @@since as since from reminder where service_id = @service) stored
        """;

    private const string SinceSqlite = "cast((unixepoch('subsec') - unixepoch(start_time, 'subsec')) * 1000 as integer)";
    private const string SincePostgreSql = "cast(extract(epoch from now() - start_time) * 1000 as bigint)";

    private const string Sqlite = "cast(unixepoch('subsec') * 1000 as integer) - @late";
    private const string PostgreSql = "now() - @late * interval '1 millisecond'";

    public async Task<StoredCounts> CountAsync(Duration late, Duration soon, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        List<ListedCount> listed = await connection.RowsAsync(
            Listed,
            row => new ListedCount(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3)),
            cancellationToken);
        List<OwedCount> owed = await connection.RowsAsync(
            Owed.Replace("@@rested", database.Provider is StorageProvider.PostgreSql ? PostgreSql : Sqlite, StringComparison.Ordinal),
            row => new OwedCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken,
            ("service", NodeOptions.ServiceId),
            ("late", (long)late.TotalMilliseconds));
        List<(long Stored, long Due)> reminders = await connection.RowsAsync(
            Reminders.Replace("@@since", database.Provider is StorageProvider.PostgreSql ? SincePostgreSql : SinceSqlite, StringComparison.Ordinal),
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            ("service", NodeOptions.ServiceId),
            ("soon", (long)soon.TotalMilliseconds));
        return new StoredCounts([.. listed], [.. owed], reminders[0].Stored, reminders[0].Due);
    }
}

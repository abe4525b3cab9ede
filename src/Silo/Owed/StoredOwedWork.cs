using System.Data.Common;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Owed;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Owed;

/// <summary>Takes owed rows from the table of grain state, through its partial index.</summary>
internal sealed class StoredOwedWork(StateDatabase database) : IOwedWork
{
    private const string Sqlite = """
        update grain_state set owed_at = cast(unixepoch('subsec') * 1000 as integer)
        where rowid in (
          select rowid from grain_state
          where service_id = @service and state_name = @state
            and owed_at <= cast(unixepoch('subsec') * 1000 as integer) - @age
          order by owed_at limit @limit)
        returning grain_key
        """;

    private const string PostgreSql = """
        with due as (
          select grain_key, state_name, key_0, key_1, service_id from grain_state
          where service_id = @service and state_name = @state and owed_at <= now() - @age * interval '1 millisecond'
          order by owed_at limit @limit
          for update skip locked)
        update grain_state g set owed_at = now()
        from due
        where g.grain_key = due.grain_key and g.state_name = due.state_name and g.key_0 = due.key_0
          and g.key_1 = due.key_1 and g.service_id = due.service_id
        returning g.grain_key
        """;

    public async Task<IReadOnlyList<OwedRow>> TakeAsync(
        string stateName, TimeSpan olderThan, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return await connection.RowsAsync(
            database.Provider is StorageProvider.PostgreSql ? PostgreSql : Sqlite,
            row => new OwedRow(stateName, row.GetString(0)),
            cancellationToken,
            ("service", NodeOptions.ServiceId),
            ("state", stateName),
            ("age", (long)olderThan.TotalMilliseconds),
            ("limit", limit));
    }
}

using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using CalendarActors.Grains.Interfaces.Hosting;

namespace CalendarActors.Silo.Storage;

/// <summary>Brings a database to the version that this program knows. Safe for any number of processes at once.</summary>
/// <param name="name">The name of the schema: one database may hold several.</param>
/// <param name="provider">The kind of database.</param>
/// <param name="steps">Scripts; step n brings version n - 1 to n.</param>
/// <param name="queries">Statements that the Orleans providers read from the table OrleansQuery; may be empty.</param>
internal sealed class Schema(
    string name, StorageProvider provider, ImmutableArray<string> steps, ImmutableDictionary<string, string> queries)
{
    /// <summary>A number of ours, the same in every version: only one process at a time changes a PostgreSQL schema.</summary>
    private const long AdvisoryLock = 0x43414C_41435452;

    /// <summary>A PostgreSQL schema of its own, made when it is missing; null for the connection's default.</summary>
    public string? Namespace { get; init; }

    /// <summary>For SQLite: readers do not block the writer, but deleted bytes stay in the log for a while.</summary>
    public bool WriteAheadLog { get; init; } = true;

    private string Versions => Namespace is null ? "schema_version" : Namespace + ".schema_version";

    private bool IsPostgreSql => provider is StorageProvider.PostgreSql;

    /// <summary>The schema of grain state, reminders, membership and the directory.</summary>
    public static Schema OfState(StateDatabase database)
        => new("state", database.Provider, EmbeddedScripts.Schema(database.ScriptFolder),
            EmbeddedScripts.Queries(database.ScriptFolder));

    /// <summary>
    /// 1. Take the lock. 2. Refuse a newer schema. 3. Run the missing steps. 4. Put our statements in place. 5. Commit.
    /// </summary>
    /// <returns>The version found, before anything was done; 0 for an empty database.</returns>
    /// <exception cref="StartRefusedException">The schema is newer than this program.</exception>
    public async Task<int> ApplyAsync(DbDataSource source, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        if (!IsPostgreSql && WriteAheadLog)
        {
            // Not inside a transaction, and kept in the file.
            await connection.ExecuteAsync("pragma journal_mode = wal", cancellationToken);
        }

        // 1.
        await connection.ExecuteAsync(IsPostgreSql ? "begin" : "begin immediate", cancellationToken);
        try
        {
            int found = await PrepareAsync(connection, cancellationToken);

            // 2.
            if (found > steps.Length)
            {
                throw new StartRefusedException(
                    $"The database's schema '{name}' has version {found}, and this program knows {steps.Length}. Start the "
                    + "newer release that upgraded it, or restore a backup from before the upgrade.");
            }

            // 3.
            for (int version = found; version < steps.Length; version++)
            {
                await connection.ExecuteAsync(steps[version], cancellationToken);
            }

            if (found < steps.Length)
            {
                await connection.ExecuteAsync(
                    $"insert into {Versions} (name, version) values (@name, @version) "
                    + "on conflict (name) do update set version = excluded.version",
                    cancellationToken, ("name", name), ("version", steps.Length));
            }

            // 4.
            foreach ((string key, string text) in queries)
            {
                await connection.ExecuteAsync(
                    "insert into OrleansQuery (QueryKey, QueryText) values (@key, @text) "
                    + "on conflict (QueryKey) do update set QueryText = excluded.QueryText "
                    + "where OrleansQuery.QueryText <> excluded.QueryText",
                    cancellationToken, ("key", key), ("text", text));
            }

            // 5.
            await connection.ExecuteAsync("commit", cancellationToken);
            return found;
        }
        catch
        {
            // The connection goes back to its pool: an open transaction would poison it.
            if (connection.State is ConnectionState.Open)
            {
                await connection.ExecuteAsync("rollback", CancellationToken.None);
            }

            throw;
        }
    }

    private async Task<int> PrepareAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (IsPostgreSql)
        {
            await connection.ExecuteAsync(
                "select pg_advisory_xact_lock(@key)", cancellationToken, ("key", AdvisoryLock));
        }

        await connection.ExecuteAsync(
            (Namespace is null ? "" : $"create schema if not exists {Namespace}; ")
            + $"create table if not exists {Versions} (name text primary key, version integer not null); "
            + (queries.IsEmpty
                ? ""
                : "create table if not exists OrleansQuery (QueryKey varchar(64) primary key, QueryText text not null)"),
            cancellationToken);
        object? version = await connection.ScalarAsync(
            $"select version from {Versions} where name = @name", cancellationToken, ("name", name));
        return version is null or DBNull ? 0 : Convert.ToInt32(version);
    }
}

using System.Data.Common;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Hosting;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Secrets;

/// <summary>The database that holds wrapped data keys.</summary>
internal sealed class KeyDatabase : IAsyncDisposable
{
    /// <summary>
    /// A deleted key's bytes are overwritten, and no write-ahead log keeps them.
    /// </summary>
    private const string Pragmas =
        "pragma synchronous = full; pragma busy_timeout = 5000; pragma secure_delete = on; pragma journal_mode = delete;";

    private KeyDatabase(StorageProvider provider, DbDataSource source)
    {
        Provider = provider;
        Source = source;
    }

    public StorageProvider Provider { get; }

    public DbDataSource Source { get; }

    /// <summary>What stands before a table's name.</summary>
    public string Prefix => Provider is StorageProvider.PostgreSql ? "calendar_keys." : "";

    /// <summary>Opens nothing yet.</summary>
    public static KeyDatabase From(StorageOptions storage, KeyStoreOptions keys, DataDirectoryOptions directory)
        => storage.Provider is StorageProvider.PostgreSql
            ? new(storage.Provider, StateDatabase.PostgreSql(
                string.IsNullOrWhiteSpace(keys.ConnectionString) ? storage.ConnectionString : keys.ConnectionString))
            : new(storage.Provider, new SqliteSource(
                StateDatabase.SqliteFile(keys.ConnectionString, directory, "keys.db"), Pragmas));

    /// <summary>Brings the tables to this program's version.</summary>
    public async Task ApplySchemaAsync(CancellationToken cancellationToken)
    {
        var schema = new Schema("keys", Provider, EmbeddedScripts.Schema($"Secrets/{Provider}"), [])
        {
            Namespace = Provider is StorageProvider.PostgreSql ? "calendar_keys" : null,
            WriteAheadLog = false,
        };
        await schema.ApplyAsync(Source, cancellationToken);
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

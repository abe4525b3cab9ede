using System.Data.Common;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CalendarActors.Silo.Storage;

/// <summary>The database that holds state, and what the Orleans providers call its kind.</summary>
internal sealed class StateDatabase : IAsyncDisposable
{
    private StateDatabase(StorageProvider provider, DbDataSource source)
    {
        Provider = provider;
        Source = source;
    }

    public StorageProvider Provider { get; }

    public DbDataSource Source { get; }

    /// <summary>The provider's key for its ADO.NET factory. SQLite's name is the old driver's, which maps to ours.</summary>
    public string Invariant => Provider is StorageProvider.PostgreSql ? "Npgsql" : "System.Data.SQLite";

    /// <summary>The folder of the embedded scripts.</summary>
    public string ScriptFolder => $"Storage/{Provider}";

    /// <summary>Opens nothing yet.</summary>
    public static StateDatabase From(StorageOptions storage, DataDirectoryOptions directory)
        => storage.Provider is StorageProvider.PostgreSql
            ? new(storage.Provider, PostgreSql(storage.ConnectionString))
            : new(storage.Provider, new SqliteSource(SqliteFile(storage.ConnectionString, directory, "calendaractors.db")));

    /// <summary>A connection string for a file in the data directory, unless one is given.</summary>
    public static string SqliteFile(string connectionString, DataDirectoryOptions directory, string file)
        => string.IsNullOrWhiteSpace(connectionString)
            ? new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory.FullPath, file) }.ToString()
            : connectionString;

    /// <summary>Fills in what an operator did not ask for otherwise.</summary>
    public static NpgsqlDataSource PostgreSql(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        string[] given = [.. new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()];
        if (!given.Contains("max auto prepare", StringComparer.OrdinalIgnoreCase))
        {
            builder.MaxAutoPrepare = 20;
        }

        if (!given.Contains("no reset on close", StringComparer.OrdinalIgnoreCase))
        {
            builder.NoResetOnClose = true;
        }

        // A refresh of reminders sends about 30 reads at once.
        if (!given.Any(k => k.StartsWith("max", StringComparison.OrdinalIgnoreCase)
            && k.EndsWith("pool size", StringComparison.OrdinalIgnoreCase)))
        {
            builder.MaxPoolSize = 60;
        }

        return NpgsqlDataSource.Create(builder);
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CalendarActors.Silo.Storage;

/// <summary>Opens SQLite connections with the pragmas that durability and concurrency need.</summary>
/// <remarks>
/// With a plain connection string the driver retries a busy database after a sleep of 150 ms, and a power cut may lose the
/// last commits.
/// </remarks>
internal sealed class SqliteSource(string connectionString, string pragmas = SqliteSource.StatePragmas) : DbDataSource
{
    /// <summary>For grain state: a commit is on the disk when it returns, readers do not block the writer.</summary>
    public const string StatePragmas = "pragma synchronous = full; pragma busy_timeout = 5000;";

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(OpenDbConnection());
    }
}

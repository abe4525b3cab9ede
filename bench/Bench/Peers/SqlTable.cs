using Npgsql;

namespace CalendarActors.Bench.Peers;

/// <summary>Fills the peer's table with the same events.</summary>
internal static class SqlTable
{
    public static async Task FillAsync(string connectionString, string calendar, IEnumerable<SeededEvent> events)
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlConnection connection = await database.OpenConnectionAsync();
        await using (NpgsqlCommand create = new(SqlPeer.Schema, connection))
        {
            await create.ExecuteNonQueryAsync();
        }

        await using (NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync("copy event from stdin (format binary)"))
        {
            foreach (SeededEvent item in events)
            {
                await WriteAsync(copy, calendar, item);
            }

            await copy.CompleteAsync();
        }

        await using NpgsqlCommand analyze = new("vacuum analyze event", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    public static async Task WriteAsync(NpgsqlBinaryImporter copy, string calendar, SeededEvent item)
    {
        await copy.StartRowAsync();
        await copy.WriteAsync(calendar);
        await copy.WriteAsync(item.Id);
        await copy.WriteAsync(item.Summary);
        await copy.WriteAsync(item.Description);
        await copy.WriteAsync(item.Location);
        await copy.WriteAsync(DateTime.SpecifyKind(item.Start, DateTimeKind.Utc));
        await copy.WriteAsync(DateTime.SpecifyKind(item.End, DateTimeKind.Utc));
        await copy.WriteAsync(item.AllDay);
        await copy.WriteAsync(DateTime.UtcNow);
        await copy.WriteAsync(DateTime.UtcNow);
    }
}

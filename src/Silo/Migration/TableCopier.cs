using System.Data.Common;
using System.Globalization;
using CalendarActors.Silo.Storage;
using Npgsql;
using NpgsqlTypes;

namespace CalendarActors.Silo.Migration;

/// <summary>Streams rows from SQLite into PostgreSQL.</summary>
internal static class TableCopier
{
    /// <summary>Copies a table.</summary>
    /// <returns>How many rows.</returns>
    public static async Task<long> CopyAsync(
        CopiedTable table, DbConnection source, NpgsqlConnection target, CancellationToken cancellationToken)
    {
        await using DbCommand read = source.CreateCommand();
        read.CommandText = $"select {table.Names} from {table.From}";
        await using DbDataReader reader = await read.ExecuteReaderAsync(cancellationToken);
        await using NpgsqlBinaryImporter writer = await target.BeginBinaryImportAsync(
            $"copy {table.To} ({table.Names}) from stdin (format binary)", cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            await writer.StartRowAsync(cancellationToken);
            for (int i = 0; i < table.Columns.Length; i++)
            {
                if (await reader.IsDBNullAsync(i, cancellationToken))
                {
                    await writer.WriteNullAsync(cancellationToken);
                }
                else
                {
                    await WriteAsync(writer, reader, i, table.Columns[i].Kind, cancellationToken);
                }
            }
        }

        return (long)await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Takes away what an interrupted copy left; refuses keys of somebody else.</summary>
    public static async Task ForgetRepeatedKeysAsync(
        DbConnection source, NpgsqlConnection target, CancellationToken cancellationToken)
    {
        HashSet<string> ours = [.. await KeysAsync(source, "data_key", cancellationToken)];
        if ((await KeysAsync(target, "calendar_keys.data_key", cancellationToken)).Any(key => !ours.Contains(key)))
        {
            throw new StartRefusedException(
                "The PostgreSQL database has data keys of another installation. Give CalendarActors__CopyTo__KeyStoreConnectionString, or "
                + "CalendarActors__CopyTo__ConnectionString, an empty database.");
        }

        await target.ExecuteAsync("delete from calendar_keys.data_key; delete from calendar_keys.canary", cancellationToken);
    }

    private static Task<List<string>> KeysAsync(DbConnection connection, string table, CancellationToken cancellationToken) =>
        connection.RowsAsync(
            $"select key_id from {table}", row => Convert.ToHexString(row.GetFieldValue<byte[]>(0)), cancellationToken);

    private static Task WriteAsync(
        NpgsqlBinaryImporter writer, DbDataReader reader, int i, CopiedKind kind, CancellationToken cancellationToken) => kind switch
        {
            CopiedKind.Int => writer.WriteAsync(reader.GetInt32(i), NpgsqlDbType.Integer, cancellationToken),
            CopiedKind.Long => writer.WriteAsync(reader.GetInt64(i), NpgsqlDbType.Bigint, cancellationToken),
            CopiedKind.Bytes => writer.WriteAsync(reader.GetFieldValue<byte[]>(i), NpgsqlDbType.Bytea, cancellationToken),
            CopiedKind.Milliseconds => writer.WriteAsync(
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(i)).UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken),
            CopiedKind.Time => writer.WriteAsync(
                DateTime.Parse(reader.GetString(i), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                NpgsqlDbType.TimestampTz,
                cancellationToken),
            _ => writer.WriteAsync(reader.GetString(i), NpgsqlDbType.Text, cancellationToken),
        };
}

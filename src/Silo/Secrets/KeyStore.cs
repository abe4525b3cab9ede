using System.Data.Common;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Secrets;

/// <summary>Wrapped data keys by id and by owner.</summary>
internal sealed class KeyStore(KeyDatabase database)
{
    private const string Columns = "key_id, owner, master_key, wrapped";

    private string Table => database.Prefix + "data_key";

    public Task<StoredKey?> FindAsync(byte[] keyId, CancellationToken cancellationToken)
        => FirstAsync("key_id = @value", keyId, cancellationToken);

    public Task<StoredKey?> FindOfOwnerAsync(string owner, CancellationToken cancellationToken)
        => FirstAsync("owner = @value", owner, cancellationToken);

    /// <summary>Adds a key unless its owner has one by now.</summary>
    /// <returns>The key that the owner has.</returns>
    public async Task<StoredKey> AddAsync(StoredKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using (DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken))
            {
                await connection.ExecuteAsync(
                    $"insert into {Table} ({Columns}) values (@id, @owner, @master, @wrapped) on conflict (owner) do nothing",
                    cancellationToken,
                    ("id", key.KeyId), ("owner", key.Owner), ("master", key.MasterKeyId), ("wrapped", key.Wrapped));
            }

            // Destroyed between the two statements: then there is room for ours.
            if (await FindOfOwnerAsync(key.Owner, cancellationToken) is { } stored)
            {
                return stored;
            }
        }
    }

    public async Task DestroyAsync(string owner, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            $"delete from {Table} where owner = @owner", cancellationToken, ("owner", owner));
    }

    /// <summary>Keys that another master key wrapped.</summary>
    public async Task<IReadOnlyList<StoredKey>> WrappedByOthersAsync(
        string masterKeyId, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return await connection.RowsAsync(
            $"select {Columns} from {Table} where master_key <> @master limit @limit",
            Row, cancellationToken, ("master", masterKeyId), ("limit", limit));
    }

    /// <summary>Replaces the wrapping, if the key is there and still wrapped as it was.</summary>
    public async Task RewrapAsync(StoredKey was, StoredKey now, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            $"update {Table} set master_key = @master, wrapped = @wrapped where key_id = @id and master_key = @was",
            cancellationToken,
            ("master", now.MasterKeyId), ("wrapped", now.Wrapped), ("id", was.KeyId), ("was", was.MasterKeyId));
    }

    private static StoredKey Row(DbDataReader row)
        => new(row.GetFieldValue<byte[]>(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3));

    private async Task<StoredKey?> FirstAsync(string condition, object value, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        List<StoredKey> rows = await connection.RowsAsync(
            $"select {Columns} from {Table} where {condition}", Row, cancellationToken, ("value", value));
        return rows.Count == 0 ? null : rows[0];
    }
}

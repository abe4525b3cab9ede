using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Secrets;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Secrets;

/// <summary>Opens the key store at start: refuses wrong keys, and brings every data key to the current master key.</summary>
internal sealed partial class KeyStoreOpening(
    KeyDatabase database, KeyStore store, MasterKeys masters, DerivedKeys derived, ILogger<KeyStoreOpening> logger)
{
    private const int Page = 500;

    /// <summary>Read by people in the refusal only; its text is no secret.</summary>
    private static readonly byte[] Canary = "calendaractors canary, 32 bytes."u8.ToArray();

    /// <summary>
    /// 1. Bring the tables up to date. 2. Refuse another id key. 3. Refuse master keys that do not open what is there.
    /// 4. Wrap every data key anew that is not wrapped by the current one, so that older ones can be retired.
    /// </summary>
    /// <exception cref="StartRefusedException">The id key or the master keys are not those of this store.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        // 1.
        await database.ApplySchemaAsync(cancellationToken);
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);

        // 2.
        await RefuseAnotherIdKeyAsync(connection, cancellationToken);

        // 3.
        await RefuseForeignMastersAsync(connection, cancellationToken);
        byte[] nonce = RandomNumberGenerator.GetBytes(SecretEnvelope.NonceSize);
        await RememberAsync(
            connection, "master", masters.Current.Id, masters.Current.Wrap([], "canary", nonce, Canary), cancellationToken);

        // 4.
        int rewrapped = await RewrapAsync(cancellationToken);
        if (rewrapped > 0)
        {
            LogRewrapped(rewrapped, masters.Current.Id);
        }

        await connection.ExecuteAsync(
            $"delete from {database.Prefix}canary where kind = 'master' and name <> @current and not exists "
            + $"(select 1 from {database.Prefix}data_key k where k.master_key = canary.name)",
            cancellationToken, ("current", masters.Current.Id));
    }

    private async Task RefuseAnotherIdKeyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        byte[] ours = Encoding.ASCII.GetBytes(derived.Fingerprint);
        await RememberAsync(connection, "id", "fingerprint", ours, cancellationToken);
        byte[] theirs = (byte[])(await connection.ScalarAsync(
            $"select wrapped from {database.Prefix}canary where kind = 'id'", cancellationToken))!;
        if (!ours.AsSpan().SequenceEqual(theirs))
        {
            throw new StartRefusedException(
                $"CalendarActors:Secrets:IdKey (fingerprint {derived.Fingerprint}) is not the one that this installation was "
                + $"started with ({Encoding.ASCII.GetString(theirs)}). Put the former key back: every account and profile id "
                + "is derived from it, so it can never change.");
        }
    }

    private async Task RefuseForeignMastersAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        List<string> needed = await connection.RowsAsync(
            $"select name from {database.Prefix}canary where kind = 'master' "
            + $"union select master_key from {database.Prefix}data_key",
            row => row.GetString(0),
            cancellationToken);
        string[] missing = [.. needed.Where(id => masters.Find(id) is null)];
        if (missing.Length > 0)
        {
            throw new StartRefusedException(
                $"The key store needs master key {string.Join(", ", missing)}, and CalendarActors:Secrets:MasterKeys has "
                + $"{string.Join(", ", masters.All.Select(k => k.Id))}. Add the former key to the list, after the current one; "
                + "it can be taken out when every silo was started once with both.");
        }

        List<(string Name, byte[] Wrapped)> canaries = await connection.RowsAsync(
            $"select name, wrapped from {database.Prefix}canary where kind = 'master'",
            row => (row.GetString(0), row.GetFieldValue<byte[]>(1)),
            cancellationToken);
        foreach ((string name, byte[] wrapped) in canaries)
        {
            try
            {
                masters.Find(name)!.Unwrap([], "canary", wrapped);
            }
            catch (CryptographicException fault)
            {
                throw new StartRefusedException(
                    $"Master key {name} does not open the key store's canary: the store is damaged. Restore it from a backup.",
                    fault);
            }
        }
    }

    private async Task<int> RewrapAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        while (true)
        {
            IReadOnlyList<StoredKey> page = await store.WrappedByOthersAsync(masters.Current.Id, Page, cancellationToken);
            foreach (StoredKey key in page)
            {
                byte[] dataKey = masters.Find(key.MasterKeyId)!.Unwrap(key.KeyId, key.Owner, key.Wrapped);
                byte[] wrapped = masters.Current.Wrap(
                    key.KeyId, key.Owner, RandomNumberGenerator.GetBytes(SecretEnvelope.NonceSize), dataKey);
                await store.RewrapAsync(
                    key, key with { MasterKeyId = masters.Current.Id, Wrapped = wrapped }, cancellationToken);
            }

            count += page.Count;
            if (page.Count < Page)
            {
                return count;
            }
        }
    }

    private Task<int> RememberAsync(
        DbConnection connection, string kind, string name, byte[] wrapped, CancellationToken cancellationToken)
        => connection.ExecuteAsync(
            $"insert into {database.Prefix}canary (kind, name, wrapped) values (@kind, @name, @wrapped) "
            + "on conflict (kind, name) do nothing",
            cancellationToken, ("kind", kind), ("name", name), ("wrapped", wrapped));
}

using System.Security.Cryptography;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Silo.Secrets;

/// <summary>Seals with a data key per owner; keys come from the ring, else from the key store.</summary>
internal sealed class SecretVault(KeyStore store, KeyRing ring, MasterKeys masters) : ISecretVault
{
    public async ValueTask<SealedSecret> SealAsync(
        string owner, SecretPlace place, ReadOnlyMemory<byte> plaintext, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        DataKey key = ring.FindOfOwner(owner) ?? await LoadOrMakeAsync(owner, cancellationToken);
        return SecretEnvelope.Seal(
            key.Id, key.Key, RandomNumberGenerator.GetBytes(SecretEnvelope.NonceSize), place, plaintext.Span);
    }

    public async ValueTask<byte[]?> OpenAsync(
        SecretPlace place, SealedSecret secret, CancellationToken cancellationToken)
    {
        byte[] keyId = SecretEnvelope.KeyIdOf(secret);
        DataKey? key = ring.Find(keyId);
        if (key is null)
        {
            long epoch = ring.Epoch;
            StoredKey? stored = await store.FindAsync(keyId, cancellationToken);
            if (stored is null)
            {
                return null;
            }

            key = Unwrap(stored);
            ring.Keep(key, epoch);
        }

        return SecretEnvelope.Open(key.Key, place, secret);
    }

    public async ValueTask DestroyAsync(string owner, CancellationToken cancellationToken)
    {
        await store.DestroyAsync(owner, cancellationToken);
        ring.Drop(owner);
    }

    private async Task<DataKey> LoadOrMakeAsync(string owner, CancellationToken cancellationToken)
    {
        long epoch = ring.Epoch;
        StoredKey? stored = await store.FindOfOwnerAsync(owner, cancellationToken);
        if (stored is null)
        {
            byte[] id = RandomNumberGenerator.GetBytes(SecretEnvelope.KeyIdSize);
            byte[] wrapped = masters.Current.Wrap(
                id,
                owner,
                RandomNumberGenerator.GetBytes(SecretEnvelope.NonceSize),
                RandomNumberGenerator.GetBytes(SecretEnvelope.KeySize));
            stored = await store.AddAsync(new(id, owner, masters.Current.Id, wrapped), cancellationToken);
        }

        DataKey key = Unwrap(stored);
        ring.Keep(key, epoch);
        return key;
    }

    private DataKey Unwrap(StoredKey stored)
    {
        MasterKey master = masters.Find(stored.MasterKeyId) ?? throw new CryptographicException(
            $"The data key of {stored.Owner} is wrapped by master key {stored.MasterKeyId}, which is not configured. Add it "
            + "to CalendarActors:Secrets:MasterKeys after the current one.");
        return new(stored.KeyId, stored.Owner, master.Unwrap(stored.KeyId, stored.Owner, stored.Wrapped));
    }
}

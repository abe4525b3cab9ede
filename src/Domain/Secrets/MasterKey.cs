using System.Security.Cryptography;
using System.Text;

namespace CalendarActors.Domain.Secrets;

/// <summary>A key from outside the database that wraps data keys, and does nothing else.</summary>
public sealed class MasterKey
{
    private readonly byte[] _key;

    /// <summary>Takes the key's bytes.</summary>
    /// <param name="key"><see cref="SecretEnvelope.KeySize"/> bytes.</param>
    /// <exception cref="ArgumentException">Another size.</exception>
    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != SecretEnvelope.KeySize)
        {
            throw new ArgumentException("A master key has 32 bytes.", nameof(key));
        }

        _key = key.ToArray();
        Id = Convert.ToHexStringLower(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, 8, info: "calendaractors master key id"u8.ToArray()));
    }

    /// <summary>16 hex digits that name the key and tell nothing about it.</summary>
    public string Id { get; }

    /// <summary>Wraps a data key: nonce (12), tag (16), ciphertext (32).</summary>
    /// <param name="keyId">The data key's id.</param>
    /// <param name="owner">Whose it is; another owner does not unwrap it.</param>
    /// <param name="nonce">12 bytes of chance.</param>
    /// <param name="dataKey">32 bytes.</param>
    public byte[] Wrap(ReadOnlySpan<byte> keyId, string owner, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> dataKey)
    {
        byte[] wrapped = new byte[SecretEnvelope.NonceSize + SecretEnvelope.TagSize + dataKey.Length];
        nonce.CopyTo(wrapped);
        using var aes = new AesGcm(_key, SecretEnvelope.TagSize);
        aes.Encrypt(
            nonce,
            dataKey,
            wrapped.AsSpan(SecretEnvelope.NonceSize + SecretEnvelope.TagSize),
            wrapped.AsSpan(SecretEnvelope.NonceSize, SecretEnvelope.TagSize),
            AssociatedData(keyId, owner));
        return wrapped;
    }

    /// <summary>Unwraps a data key.</summary>
    /// <param name="keyId">The data key's id.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="wrapped">As <see cref="Wrap"/> made it.</param>
    /// <exception cref="CryptographicException">Another master key, owner or id, or a changed value.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> keyId, string owner, ReadOnlySpan<byte> wrapped)
    {
        const int Header = SecretEnvelope.NonceSize + SecretEnvelope.TagSize;
        if (wrapped.Length < Header)
        {
            throw new CryptographicException("This is not a wrapped key.");
        }

        byte[] dataKey = new byte[wrapped.Length - Header];
        using var aes = new AesGcm(_key, SecretEnvelope.TagSize);
        aes.Decrypt(
            wrapped[..SecretEnvelope.NonceSize],
            wrapped[Header..],
            wrapped[SecretEnvelope.NonceSize..Header],
            dataKey,
            AssociatedData(keyId, owner));
        return dataKey;
    }

    /// <summary>Prints the id only.</summary>
    public override string ToString() => $"MasterKey({Id})";

    private static byte[] AssociatedData(ReadOnlySpan<byte> keyId, string owner)
        => [.. keyId, .. Encoding.UTF8.GetBytes(owner)];
}

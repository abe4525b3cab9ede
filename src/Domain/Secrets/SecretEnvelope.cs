using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CalendarActors.Domain.Secrets;

/// <summary>Seals and opens envelopes with a data key at hand: AES-256-GCM (NIST SP 800-38D), 96-bit random nonces.</summary>
/// <remarks>
/// The layout is <see cref="SealedSecret.Bytes"/>. Version and key id are authenticated with the place. A data key belongs
/// to one owner, which keeps its nonces far below the 2^32 that random nonces allow.
/// </remarks>
public static class SecretEnvelope
{
    /// <summary>Bytes of a data key or a master key.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes of a data key's id.</summary>
    public const int KeyIdSize = 16;

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceSize = 12;

    /// <summary>Bytes of an authentication tag.</summary>
    public const int TagSize = 16;

    private const byte Version = 1;
    private const int NonceAt = 1 + KeyIdSize;
    private const int TagAt = NonceAt + NonceSize;
    private const int HeaderSize = TagAt + TagSize;

    /// <summary>Seals.</summary>
    /// <param name="keyId">The data key's id, <see cref="KeyIdSize"/> bytes.</param>
    /// <param name="key">The data key, <see cref="KeySize"/> bytes.</param>
    /// <param name="nonce"><see cref="NonceSize"/> bytes from a cryptographic source of chance, never used before with this key.</param>
    /// <param name="place">Where it will be stored.</param>
    /// <param name="plaintext">May be empty.</param>
    /// <exception cref="ArgumentException">An id, key or nonce of another size.</exception>
    public static SealedSecret Seal(
        ReadOnlySpan<byte> keyId,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        SecretPlace place,
        ReadOnlySpan<byte> plaintext)
    {
        if (keyId.Length != KeyIdSize || key.Length != KeySize || nonce.Length != NonceSize)
        {
            throw new ArgumentException("A key id has 16 bytes, a key 32 and a nonce 12.", nameof(key));
        }

        byte[] envelope = new byte[HeaderSize + plaintext.Length];
        envelope[0] = Version;
        keyId.CopyTo(envelope.AsSpan(1));
        nonce.CopyTo(envelope.AsSpan(NonceAt));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(
            nonce,
            plaintext,
            envelope.AsSpan(HeaderSize),
            envelope.AsSpan(TagAt, TagSize),
            AssociatedData(envelope, place));
        return new(ImmutableCollectionsMarshal.AsImmutableArray(envelope));
    }

    /// <summary>The id of the data key that opens it.</summary>
    /// <param name="secret">An envelope.</param>
    /// <exception cref="CryptographicException">It is too short, or of a version that we do not know.</exception>
    public static byte[] KeyIdOf(SealedSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Bytes.IsDefault || secret.Bytes.Length < HeaderSize || secret.Bytes[0] != Version)
        {
            throw new CryptographicException("This is not a sealed secret of version 1.");
        }

        return secret.Bytes.AsSpan().Slice(1, KeyIdSize).ToArray();
    }

    /// <summary>Opens.</summary>
    /// <param name="key">The data key that <see cref="KeyIdOf"/> names.</param>
    /// <param name="place">Where it was stored.</param>
    /// <param name="secret">The envelope.</param>
    /// <exception cref="CryptographicException">It was changed or moved, or the key is another.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, SecretPlace place, SealedSecret secret)
    {
        _ = KeyIdOf(secret);
        ReadOnlySpan<byte> envelope = secret.Bytes.AsSpan();
        byte[] plaintext = new byte[envelope.Length - HeaderSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(
            envelope.Slice(NonceAt, NonceSize),
            envelope[HeaderSize..],
            envelope.Slice(TagAt, TagSize),
            plaintext,
            AssociatedData(envelope, place));
        return plaintext;
    }

    private static byte[] AssociatedData(ReadOnlySpan<byte> envelope, SecretPlace place)
        => [.. envelope[..NonceAt], .. place.ToAssociatedData()];

}

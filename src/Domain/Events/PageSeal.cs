using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CalendarActors.Domain.Events;

/// <summary>Seals what a page link carries, so that only the grant that made it can open it, for a while.</summary>
/// <remarks>
/// AES-256-GCM under a key of the grant's own, with the kind of page as associated data; base64url, so that it stands in
/// a path. Confidential and not just signed: it names the last event listed, which a reader of busy times may not know.
/// </remarks>
public static class PageSeal
{
    /// <summary>Random bytes that a seal takes.</summary>
    public const int NonceLength = 12;

    private const int TagLength = 16;
    private const int ExpiryLength = sizeof(long);
    private const int MaxTextLength = 8192;

    /// <summary>Seals a cursor.</summary>
    /// <param name="key"><see cref="Secrets.DerivedKeys.Pages"/>.</param>
    /// <param name="grantId">The grant that makes it.</param>
    /// <param name="kind">What is paged: a cursor of one kind opens as no other.</param>
    /// <param name="expires">Unix seconds from which on it does not open.</param>
    /// <param name="nonce"><see cref="NonceLength"/> random bytes, new for each seal.</param>
    /// <param name="content">What to carry.</param>
    public static string Close(
        ReadOnlySpan<byte> key, string grantId, string kind, long expires, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> content)
    {
        byte[] plain = new byte[ExpiryLength + content.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(plain, expires);
        content.CopyTo(plain.AsSpan(ExpiryLength));

        byte[] bytes = new byte[NonceLength + plain.Length + TagLength];
        nonce.CopyTo(bytes);
        using AesGcm aes = Cipher(key, grantId);
        aes.Encrypt(
            nonce, plain, bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(kind));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Opens a cursor; false for one that is foreign, of another kind, tampered with or expired.</summary>
    /// <param name="key"><see cref="Secrets.DerivedKeys.Pages"/>.</param>
    /// <param name="grantId">The grant that is asked.</param>
    /// <param name="kind">What is paged.</param>
    /// <param name="now">Unix seconds of the present.</param>
    /// <param name="text">As it came.</param>
    /// <param name="content">What it carries.</param>
    public static bool TryOpen(
        ReadOnlySpan<byte> key, string grantId, string kind, long now, string text, [NotNullWhen(true)] out byte[]? content)
    {
        content = null;
        if (text.Length > MaxTextLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        byte[] bytes = Base64Url.DecodeFromChars(text);
        int length = bytes.Length - NonceLength - TagLength;
        if (length < ExpiryLength)
        {
            return false;
        }

        byte[] plain = new byte[length];
        using AesGcm aes = Cipher(key, grantId);
        try
        {
            aes.Decrypt(
                bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, length), bytes.AsSpan(NonceLength + length), plain,
                Encoding.UTF8.GetBytes(kind));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        if (System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(plain) <= now)
        {
            return false;
        }

        content = plain[ExpiryLength..];
        return true;
    }

    // A key for each grant keeps the random nonces of all grants together from ever running out.
    private static AesGcm Cipher(ReadOnlySpan<byte> key, string grantId) =>
        new(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(grantId)), TagLength);
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CalendarActors.Domain.Events;

/// <summary>Seals what a page link carries, so that only the grant that made it can open it, for a while.</summary>
/// <remarks>
/// AES-256-GCM with grant and kind of page as associated data; base64url, so that it stands in a path. Confidential and
/// not just signed: it names the last event listed, which a reader of busy times may not know. A nonce is 8 random bytes
/// of the process and a counter, so none is used twice, however many links are made. Safe for concurrent use.
/// </remarks>
public sealed class PageSeal : IDisposable
{
    /// <summary>Random bytes that tell this process's seals from all others.</summary>
    public const int PrefixLength = 8;

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int ExpiryLength = sizeof(long);
    private const int MaxTextLength = 8192;

    private readonly byte[] _prefix;
    private readonly ThreadLocal<AesGcm> _cipher;
    private long _counter;

    /// <summary>Prepares the cipher.</summary>
    /// <param name="key"><see cref="Secrets.DerivedKeys.Pages"/>.</param>
    /// <param name="prefix"><see cref="PrefixLength"/> random bytes, new for each process.</param>
    public PageSeal(ReadOnlyMemory<byte> key, ReadOnlySpan<byte> prefix)
    {
        if (prefix.Length != PrefixLength)
        {
            throw new ArgumentException($"The prefix has {PrefixLength} bytes.", nameof(prefix));
        }

        _prefix = prefix.ToArray();
        _cipher = new ThreadLocal<AesGcm>(() => new AesGcm(key.Span, TagLength), trackAllValues: true);
    }

    /// <summary>Seals a cursor.</summary>
    /// <param name="grantId">The grant that makes it.</param>
    /// <param name="kind">What is paged: a cursor of one kind opens as no other.</param>
    /// <param name="expires">Unix seconds from which on it does not open.</param>
    /// <param name="content">What to carry.</param>
    public string Close(string grantId, string kind, long expires, ReadOnlySpan<byte> content)
    {
        byte[] plain = new byte[ExpiryLength + content.Length];
        BinaryPrimitives.WriteInt64BigEndian(plain, expires);
        content.CopyTo(plain.AsSpan(ExpiryLength));

        byte[] bytes = new byte[NonceLength + plain.Length + TagLength];
        Span<byte> nonce = bytes.AsSpan(0, NonceLength);
        _prefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixLength..], NextCount());
        _cipher.Value!.Encrypt(
            nonce,
            plain,
            bytes.AsSpan(NonceLength, plain.Length),
            bytes.AsSpan(NonceLength + plain.Length),
            AssociatedData(grantId, kind));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Opens a cursor; false for one that is foreign, of another kind, tampered with or expired.</summary>
    /// <param name="grantId">The grant that is asked.</param>
    /// <param name="kind">What is paged.</param>
    /// <param name="now">Unix seconds of the present.</param>
    /// <param name="text">As it came.</param>
    /// <param name="content">What it carries.</param>
    public bool TryOpen(string grantId, string kind, long now, string text, [NotNullWhen(true)] out byte[]? content)
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
        try
        {
            _cipher.Value!.Decrypt(
                bytes.AsSpan(0, NonceLength),
                bytes.AsSpan(NonceLength, length),
                bytes.AsSpan(NonceLength + length),
                plain,
                AssociatedData(grantId, kind));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        if (BinaryPrimitives.ReadInt64BigEndian(plain) <= now)
        {
            return false;
        }

        content = plain[ExpiryLength..];
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AesGcm cipher in _cipher.Values)
        {
            cipher.Dispose();
        }

        _cipher.Dispose();
    }

    // After 4 billion links of one process, refusing is better than a nonce used twice.
    private uint NextCount() => checked((uint)Interlocked.Increment(ref _counter));

    private static byte[] AssociatedData(string grantId, string kind) => Encoding.UTF8.GetBytes($"{kind}\n{grantId}");
}

using System.Security.Cryptography;

namespace CalendarActors.Domain.Secrets;

/// <summary>The keys that every process of an installation derives alike from its permanent id key (RFC 5869).</summary>
public sealed class DerivedKeys
{
    private const int Length = 32;

    /// <summary>Derives them.</summary>
    /// <param name="idKey">32 bytes, <see cref="SecretsOptions.IdKey"/>.</param>
    public DerivedKeys(ReadOnlySpan<byte> idKey)
    {
        Ids = Derive(idKey, "ids");
        TokenMac = Derive(idKey, "token mac");
        Links = Derive(idKey, "links");
        Fingerprint = Convert.ToHexStringLower(Derive(idKey, "fingerprint").AsSpan(0, 8));
        Pages = Derive(idKey, "pages");
        Channels = Derive(idKey, "channels");
        Attachments = Derive(idKey, "attachments");
    }

    /// <summary>Makes grain keys that stand for outside identities.</summary>
    public ReadOnlyMemory<byte> Ids { get; }

    /// <summary>Makes the check value at a token's end.</summary>
    public ReadOnlyMemory<byte> TokenMac { get; }

    /// <summary>Makes the check value of links that we hand to a person's browser, such as the relink URL.</summary>
    public ReadOnlyMemory<byte> Links { get; }

    /// <summary>16 hex digits that name the id key and tell nothing about it: a silo refuses to start when they changed.</summary>
    public string Fingerprint { get; }

    /// <summary>Seals the page links that a grant hands out.</summary>
    public ReadOnlyMemory<byte> Pages { get; }

    /// <summary>Makes what an identical request for a channel is known by.</summary>
    public ReadOnlyMemory<byte> Channels { get; }

    /// <summary>Makes the secrets of links to attached files.</summary>
    public ReadOnlyMemory<byte> Attachments { get; }

    /// <summary>Derives them from checked options.</summary>
    public static DerivedKeys From(SecretsOptions options) => new(Convert.FromBase64String(options.IdKey));

    private static byte[] Derive(ReadOnlySpan<byte> idKey, string purpose)
    {
        byte[] key = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, idKey, key, [], System.Text.Encoding.UTF8.GetBytes($"CalendarActors {purpose}"));
        return key;
    }
}

using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Domain.Authorization;

/// <summary>What a page of an application may show in a browser, for a few accounts and at one origin.</summary>
/// <remarks>
/// Nothing of it is stored: text form <c>"et_" contents "." mac</c>, contents being base64url and mac 43 base64url characters
/// (HMAC-SHA256 over everything before it). A page can read what is in it; it cannot change it. It ends with its time, its
/// application or its grant, whichever comes first.
/// </remarks>
/// <param name="ClientId"><c>app_…</c>.</param>
/// <param name="Permissions">Of <see cref="ElementPermissions"/>.</param>
/// <param name="Subs">Account ids; empty when it names none.</param>
/// <param name="BookableEventIds">Bookable events that may be asked about; empty when it names none.</param>
/// <param name="Origin">As a browser writes it: <c>https://app.example.com</c>.</param>
/// <param name="ExpiresAt">Good before then; whole seconds.</param>
public sealed record ElementToken(
    string ClientId,
    ImmutableArray<string> Permissions,
    ImmutableArray<string> Subs,
    ImmutableArray<string> BookableEventIds,
    string Origin,
    Instant ExpiresAt)
{
    /// <summary>The most accounts that one names.</summary>
    public const int MaxSubs = 50;

    /// <summary>The most bookable events that one names.</summary>
    public const int MaxBookableEvents = 50;

    /// <summary>The most characters that their ids have together, for a token travels in a query.</summary>
    public const int MaxBookableEventText = 2_000;

    /// <summary>How long one is good: 64,800 seconds.</summary>
    public static readonly Duration Lifetime = Duration.FromHours(18);

    private const string Prefix = "et_";
    private const byte Version = 1;

    /// <summary>With bookable events. One without them is still written as the first, which a former version reads.</summary>
    private const byte BookableVersion = 2;
    private const int MacLength = 43;
    private const int MaxLength = 6_000;

    /// <summary>True for a text that means to be one.</summary>
    public static bool IsMeant(string? text) => text?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>The token of a text; null for anything that we did not make. Says nothing of its time.</summary>
    /// <param name="keys">The installation's.</param>
    /// <param name="text">As sent.</param>
    public static ElementToken? Open(DerivedKeys keys, string? text)
    {
        int dot = text?.Length - MacLength - 1 ?? -1;
        if (!IsMeant(text) || text!.Length > MaxLength || dot <= Prefix.Length || text[dot] != '.' || !Ascii.IsValid(text))
        {
            return null;
        }

        if (!CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Mac(keys, text[..dot])), Encoding.ASCII.GetBytes(text[(dot + 1)..])))
        {
            return null;
        }

        using BinaryReader reader = new(new MemoryStream(Base64Url.DecodeFromChars(text.AsSpan()[Prefix.Length..dot])));
        byte version = reader.ReadByte();
        return version is Version or BookableVersion
            ? new ElementToken(
                reader.ReadString(), ReadList(reader), ReadList(reader), version == Version ? [] : ReadList(reader),
                reader.ReadString(), Instant.FromUnixTimeSeconds(reader.ReadInt64()))
            : null;
    }

    /// <summary>The text that stands for it: whoever has it may do what it says.</summary>
    /// <param name="keys">The installation's.</param>
    public string Seal(DerivedKeys keys)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(BookableEventIds.IsEmpty ? Version : BookableVersion);
        writer.Write(ClientId);
        WriteList(writer, Permissions);
        WriteList(writer, Subs);
        if (!BookableEventIds.IsEmpty)
        {
            WriteList(writer, BookableEventIds);
        }

        writer.Write(Origin);
        writer.Write(ExpiresAt.ToUnixTimeSeconds());
        string body = Prefix + Base64Url.EncodeToString(stream.ToArray());
        return $"{body}.{Mac(keys, body)}";
    }

    /// <summary>True when it has one of the permissions and is still good.</summary>
    public bool Permits(IReadOnlyList<string> anyOf, Instant now) =>
        now < ExpiresAt && anyOf.Any(word => Permissions.Contains(word, StringComparer.Ordinal));

    /// <summary>An origin as a browser writes it; null for what is none.</summary>
    /// <param name="text">An http or https URL of nothing but scheme, host and port.</param>
    public static string? OriginOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "", IdnHost.Length: > 0 and <= 253 } && !text!.EndsWith('?') && !text.EndsWith('#')
            ? $"{uri.Scheme}://{(uri.HostNameType is UriHostNameType.IPv6 ? uri.Host : uri.IdnHost)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : null;

    /// <summary>Prints the application only.</summary>
    public override string ToString() => $"ElementToken({ClientId})";

    private static string Mac(DerivedKeys keys, string body)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Base64Url.EncodeToString(HMACSHA256.HashData(keys.TokenMac.Span, Encoding.ASCII.GetBytes(body)));
    }

    private static void WriteList(BinaryWriter writer, ImmutableArray<string> items)
    {
        writer.Write7BitEncodedInt(items.Length);
        foreach (string item in items)
        {
            writer.Write(item);
        }
    }

    private static ImmutableArray<string> ReadList(BinaryReader reader)
    {
        ImmutableArray<string>.Builder items = ImmutableArray.CreateBuilder<string>();
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            items.Add(reader.ReadString());
        }

        return items.ToImmutable();
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Domain.Authorization;

/// <summary>The link under which a person connects a broken login again: made and checked here only.</summary>
/// <remarks>
/// <c>{PublicUrl}/relink/{connection}.{mac}</c>, the mac being 22 base64url characters (128 bits). It allows no more than to
/// try that one login, and it never expires, because applications store and mail it.
/// </remarks>
public static class RelinkLinks
{
    private const int MacBytes = 16;

    /// <summary>The absolute link.</summary>
    /// <param name="keys">The installation's.</param>
    /// <param name="publicUrl">Without a trailing slash.</param>
    /// <param name="connectionId"><c>pro_…</c>.</param>
    public static string For(DerivedKeys keys, string publicUrl, string connectionId) =>
        $"{publicUrl}/relink/{connectionId}.{Mac(keys, connectionId)}";

    /// <summary>The connection that a link's last segment stands for; null when we did not make it.</summary>
    /// <param name="keys">The installation's.</param>
    /// <param name="segment">What follows <c>/relink/</c>.</param>
    public static string? ConnectionOf(DerivedKeys keys, string? segment)
    {
        int dot = segment?.LastIndexOf('.') ?? -1;
        if (segment is null || dot < 1)
        {
            return null;
        }

        string connectionId = segment[..dot];
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Mac(keys, connectionId)), Encoding.UTF8.GetBytes(segment[(dot + 1)..]))
            ? connectionId
            : null;
    }

    private static string Mac(DerivedKeys keys, string connectionId)
    {
        ArgumentNullException.ThrowIfNull(keys);
        byte[] mac = HMACSHA256.HashData(keys.Links.Span, Encoding.UTF8.GetBytes("relink " + connectionId));
        return Base64Url.EncodeToString(mac.AsSpan(0, MacBytes));
    }
}

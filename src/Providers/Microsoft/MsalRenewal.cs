using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Identity.Client;

namespace CalendarActors.Providers.Microsoft;

/// <summary>What renews a token of Microsoft's: MSAL's cache of one account. A secret.</summary>
/// <remarks><c>m1~account~cache</c>, both in base64. It is recorded while MSAL works, because refresh tokens rotate.</remarks>
internal sealed class MsalRenewal
{
    private const string Version = "m1";

    private byte[] _cache;

    private MsalRenewal(string accountId, byte[] cache)
    {
        AccountId = accountId;
        _cache = cache;
    }

    /// <summary>The account's id in the cache; empty before there is one.</summary>
    public string AccountId { get; }

    /// <summary>Reads what <see cref="Text"/> wrote; false for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MsalRenewal? renewal)
    {
        renewal = text.Split('~') is [Version, var account, var cache]
            && Bytes(account) is { Length: > 0 } id && Bytes(cache) is { Length: > 0 } blob
                ? new MsalRenewal(Encoding.UTF8.GetString(id), blob)
                : null;
        return renewal is not null;
    }

    /// <summary>Gives an application the cache, and keeps what becomes of it.</summary>
    /// <param name="application">A new one.</param>
    /// <param name="known">What was stored; null at the first login.</param>
    public static MsalRenewal Recorded(IConfidentialClientApplication application, MsalRenewal? known)
    {
        var renewal = new MsalRenewal(known?.AccountId ?? "", known?._cache ?? []);
        application.UserTokenCache.SetBeforeAccess(access =>
        {
            if (renewal._cache.Length > 0)
            {
                access.TokenCache.DeserializeMsalV3(renewal._cache, shouldClearExistingCache: true);
            }
        });
        application.UserTokenCache.SetAfterAccess(access =>
        {
            if (access.HasStateChanged)
            {
                renewal._cache = access.TokenCache.SerializeMsalV3();
            }
        });
        return renewal;
    }

    /// <summary>What to store; null when there is nothing that could renew a token.</summary>
    /// <param name="accountId">Of the login that was made or renewed; null when it has none.</param>
    public string? Text(string? accountId)
    {
        string id = accountId ?? AccountId;
        return id.Length == 0 || _cache.Length == 0
            ? null
            : $"{Version}~{Convert.ToBase64String(Encoding.UTF8.GetBytes(id))}~{Convert.ToBase64String(_cache)}";
    }

    /// <summary>Prints no secret.</summary>
    public override string ToString() => "MsalRenewal";

    private static byte[]? Bytes(string text)
    {
        byte[] bytes = new byte[((text.Length / 4) + 1) * 3];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}

using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Authorization;

/// <summary>The cookies of a person's browser.</summary>
/// <remarks>
/// <c>ca_browser</c>, for the session, is random and binds authorization requests to the browser that began them.
/// <c>ca_person</c>, for 400 days, remembers sealed who connected a calendar here, so that the next connection joins them.
/// <c>ca_next</c>, for the session, is the permission request to go on with once a login was proved.
/// Lax, because people come from an application's site. Secure and with the prefix <c>__Host-</c> when we are on https.
/// </remarks>
internal sealed class BrowserCookies(IOptions<PublicUrlOptions> publicUrl, IDataProtectionProvider protection)
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan Memory = TimeSpan.FromDays(400);
    private readonly bool _isHttps = publicUrl.Value.IsHttps;
    private readonly IDataProtector _protector = protection.CreateProtector("person cookie");

    /// <summary>The browser's hash; one is given to a browser that has none.</summary>
    public ImmutableArray<byte> Mark(HttpContext context)
    {
        if (Read(context, Name("ca_browser", _isHttps)) is { Length: > 0 } known)
        {
            return Hash(known);
        }

        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        context.Response.Cookies.Append(Name("ca_browser", _isHttps), secret, Options(null));
        return Hash(secret);
    }

    /// <summary>The browser's hash; of nothing at all for a browser that has none.</summary>
    public ImmutableArray<byte> Recognize(HttpContext context) => Hash(Read(context, Name("ca_browser", _isHttps)) ?? "");

    /// <summary>Who connected a calendar in this browser; null when we do not know.</summary>
    public string? Person(HttpContext context)
    {
        if (Read(context, Name("ca_person", _isHttps)) is not { } text)
        {
            return null;
        }

        try
        {
            string person = _protector.Unprotect(text);
            return person.StartsWith(GrainKeys.PersonPrefix, StringComparison.Ordinal) ? person : null;
        }
        catch (CryptographicException)
        {
            // Of another installation, tampered with, or sealed with a key that is gone: the same as none.
            return null;
        }
    }

    /// <summary>Remembers who this is.</summary>
    public void Remember(HttpContext context, string personId) =>
        context.Response.Cookies.Append(Name("ca_person", _isHttps), _protector.Protect(personId), Options(Memory));

    /// <summary>Remembers which permission request the person is to come back to.</summary>
    public void ComeBackTo(HttpContext context, string permissionRequestId) =>
        context.Response.Cookies.Append(Name("ca_next", _isHttps), permissionRequestId, Options(null));

    /// <summary>Which permission request the person is to go on with, once; null for none.</summary>
    public string? TakeNext(HttpContext context)
    {
        if (Read(context, Name("ca_next", _isHttps)) is not { } next || !GrainKeys.IsPermissionRequest(next))
        {
            return null;
        }

        context.Response.Cookies.Delete(Name("ca_next", _isHttps), Options(null));
        return next;
    }

    /// <summary>A cookie's name under this scheme.</summary>
    public static string Name(string name, bool isHttps) => isHttps ? "__Host-" + name : name;

    private static string? Read(HttpContext context, string name) => context.Request.Cookies[name];

    private static ImmutableArray<byte> Hash(string text) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(text))];

    private CookieOptions Options(TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        Secure = _isHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}

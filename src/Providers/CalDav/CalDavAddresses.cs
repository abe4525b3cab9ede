using System.Collections.Immutable;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.CalDav;

/// <summary>Where to look for a person's CalDAV server, given what they typed.</summary>
internal static class CalDavAddresses
{
    private const string WellKnown = "/.well-known/caldav";

    private static readonly Uri Apple = new("https://caldav.icloud.com/");
    private static readonly Uri Fastmail = new("https://caldav.fastmail.com/");

    // Mail domains whose server cannot be found from the domain itself.
    private static readonly ImmutableDictionary<string, Uri> ByMailDomain = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase)
    {
        ["icloud.com"] = Apple,
        ["me.com"] = Apple,
        ["mac.com"] = Apple,
        ["fastmail.com"] = Fastmail,
        ["fastmail.fm"] = Fastmail,
        ["yahoo.com"] = new("https://caldav.calendar.yahoo.com/"),
        ["aol.com"] = new("https://caldav.calendar.aol.com/"),
        ["gmx.net"] = new("https://caldav.gmx.net/"),
        ["gmx.de"] = new("https://caldav.gmx.net/"),
        ["web.de"] = new("https://caldav.web.de/"),
        ["zoho.com"] = new("https://calendar.zoho.com/"),
        ["mailbox.org"] = new("https://dav.mailbox.org/"),
        ["posteo.de"] = new("https://posteo.de:8443/"),
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Addresses to try, best first; empty when nothing that was typed names a host.</summary>
    /// <remarks>
    /// An address with a path is tried as it is, then its host's well-known address (RFC 6764 section 5), then the
    /// usual place of the provider. Without a scheme https is tried first; plain http only reaches hosts that
    /// this installation allows it for.
    /// </remarks>
    public static ImmutableArray<Uri> Candidates(ProviderAccess access)
    {
        string typed = access.Server?.OriginalString.Trim() ?? "";
        if (typed.Length == 0)
        {
            return access.ProviderName switch
            {
                ProviderNames.Apple => Around(Apple, null),
                ProviderNames.Fastmail => Around(Fastmail, null),
                _ => MailDomain(access.UserName),
            };
        }

        string? usual = access.ProviderName == ProviderNames.Nextcloud ? "/remote.php/dav/" : null;
        if (typed.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || typed.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(typed, UriKind.Absolute, out Uri? address) ? Around(address, usual) : [];
        }

        if (typed.Contains('@', StringComparison.Ordinal) && !typed.Contains('/', StringComparison.Ordinal))
        {
            return MailDomain(typed);
        }

        if (ByMailDomain.TryGetValue(typed, out Uri? known))
        {
            return Around(known, usual);
        }

        return Uri.TryCreate($"https://{typed}", UriKind.Absolute, out Uri? secure)
               && Uri.TryCreate($"http://{typed}", UriKind.Absolute, out Uri? plain)
            ? [.. Around(secure, usual), .. Around(plain, usual)]
            : [];
    }

    private static ImmutableArray<Uri> MailDomain(string? mail)
    {
        string domain = mail?.Split('@')[^1].Trim() ?? "";
        if (mail?.Contains('@', StringComparison.Ordinal) != true || Uri.CheckHostName(domain) != UriHostNameType.Dns)
        {
            return [];
        }

        return ByMailDomain.TryGetValue(domain, out Uri? known)
            ? Around(known, null)
            : [new($"https://{domain}{WellKnown}"), new($"https://caldav.{domain}{WellKnown}"), new($"https://dav.{domain}{WellKnown}")];
    }

    private static ImmutableArray<Uri> Around(Uri address, string? usual)
    {
        if (address.UserInfo.Length > 0 || address.Host.Length == 0)
        {
            return [];
        }

        Uri own = new(address.GetLeftPart(UriPartial.Path));
        Uri wellKnown = new(own, WellKnown);
        IEnumerable<Uri> all = own.AbsolutePath == "/"
            ? [wellKnown, .. usual is null ? Array.Empty<Uri>() : [new Uri(own, usual)], own]
            : [own, .. usual is null ? Array.Empty<Uri>() : [new Uri(DavPath.Collection(own), usual.TrimStart('/'))], wellKnown];
        return [.. all.Distinct()];
    }
}

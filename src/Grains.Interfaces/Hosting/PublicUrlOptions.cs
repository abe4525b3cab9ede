namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>The address under which people and applications reach us, from configuration key <c>CalendarActors:PublicUrl</c>.</summary>
public sealed class PublicUrlOptions
{
    /// <summary>Where it is bound from: the key is a member of the root section.</summary>
    public const string Section = "CalendarActors";

    /// <summary>
    /// An absolute http or https URL of a host of its own: no path but <c>/</c>, no query, no fragment. Demanded; Standalone
    /// defaults it to its first listening URL. Redirect URIs, page links and the issuer are built from it.
    /// </summary>
    public string PublicUrl { get; set; } = "";

    /// <summary><see cref="PublicUrl"/> without a trailing slash. Only valid when <see cref="Problems"/> is empty.</summary>
    public string Base => PublicUrl.TrimEnd('/');

    /// <summary>True when cookies must be Secure. Only valid when <see cref="Problems"/> is empty.</summary>
    public bool IsHttps => PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(PublicUrl))
        {
            yield return "CalendarActors:PublicUrl is missing. Set CalendarActors__PublicUrl to the address under which "
                + "browsers reach this service, such as https://calendars.example.com.";
        }
        else if (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out Uri? url)
            || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.Fragment.Length > 0
            || url.UserInfo.Length > 0)
        {
            yield return "CalendarActors:PublicUrl is not an absolute http or https URL without user, query and fragment. "
                + "Set CalendarActors__PublicUrl to, for example, https://calendars.example.com.";
        }
        else if (url.AbsolutePath != "/")
        {
            // RFC 8414 puts an issuer's metadata at the root of its host, and cookies named __Host- take the path "/".
            yield return $"CalendarActors:PublicUrl has the path {url.AbsolutePath}, but this service needs a host name of its own. "
                + $"Set CalendarActors__PublicUrl to {url.GetLeftPart(UriPartial.Authority)} or another host, and let the proxy pass its root.";
        }
    }
}

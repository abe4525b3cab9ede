namespace CalendarActors.Providers.CalDav;

/// <summary>One spelling for each address: servers escape the same path differently from answer to answer.</summary>
internal static class DavPath
{
    private const int MaxLength = 4096;

    /// <summary>An <c>href</c> as an absolute address; null when it is none.</summary>
    public static Uri? Resolve(Uri against, string href)
    {
        string text = href.Trim();
        return text.Length is > 0 and <= MaxLength
            && Uri.TryCreate(against, text, out Uri? address)
            && address.Scheme is "http" or "https"
                ? Canonical(address)
                : null;
    }

    /// <summary>The same address with each segment escaped in one way, without query and fragment.</summary>
    public static Uri Canonical(Uri address)
    {
        IEnumerable<string> segments = address.AbsolutePath.Split('/').Select(s => Uri.EscapeDataString(Uri.UnescapeDataString(s)));
        return new UriBuilder(address.Scheme, address.Host, address.Port, string.Join('/', segments)).Uri;
    }

    /// <summary>The same address, its path ending in a slash, as a collection's should.</summary>
    public static Uri Collection(Uri address) =>
        address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;

    /// <summary>True for a resource right inside a collection on the same host.</summary>
    public static bool IsIn(Uri collection, Uri address) =>
        address.Authority == collection.Authority
        && address.AbsolutePath.StartsWith(collection.AbsolutePath, StringComparison.Ordinal)
        && address.AbsolutePath.Length > collection.AbsolutePath.Length
        && address.AbsolutePath.IndexOf('/', collection.AbsolutePath.Length) < 0;
}

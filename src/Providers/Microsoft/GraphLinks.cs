using System.Diagnostics.CodeAnalysis;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Links that Graph hands out.</summary>
internal static class GraphLinks
{
    /// <summary>True when a link leads to scheme, host and port of the configured Graph.</summary>
    public static bool IsOurs(Uri baseAddress, [NotNullWhen(true)] Uri? link) =>
        link is { IsAbsoluteUri: true, UserInfo.Length: 0 }
        && link.Scheme == baseAddress.Scheme
        && link.Port == baseAddress.Port
        && string.Equals(link.Host, baseAddress.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same for text, which may be anything.</summary>
    public static bool IsOurs(Uri baseAddress, [NotNullWhen(true)] string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out Uri? address) && IsOurs(baseAddress, address);
}

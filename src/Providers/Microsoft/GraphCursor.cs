using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Where the last pull of a calendar ended, as a versioned string.</summary>
/// <remarks><c>g1~start~end~begun~link</c>: three times in seconds since 1970, and the escaped delta link.</remarks>
/// <param name="Window">What the link speaks of; it cannot be asked for another.</param>
/// <param name="Begun">When this generation began.</param>
/// <param name="Link">Graph's delta link.</param>
internal sealed record GraphCursor(Interval Window, Instant Begun, string Link)
{
    private const string Version = "g1";

    // Beyond the years that NodaTime's instants have.
    private const long MaxSeconds = 250_000_000_000;

    /// <summary>Reads a cursor; false for one that this version did not write.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out GraphCursor? cursor)
    {
        cursor = text.Split('~') is [Version, var start, var end, var begun, { Length: > 0 } link]
            && Seconds(start) is { } from && Seconds(end) is { } to && Seconds(begun) is { } since && from < to
                ? new GraphCursor(new Interval(from, to), since, Uri.UnescapeDataString(link))
                : null;
        return cursor is not null;
    }

    /// <summary>True when everything in <paramref name="window"/> is spoken of.</summary>
    public bool Covers(Interval window) => Window.Start <= window.Start && Window.End >= window.End;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Version}~{Window.Start.ToUnixTimeSeconds()}~{Window.End.ToUnixTimeSeconds()}~{Begun.ToUnixTimeSeconds()}~{Escape(Link)}");

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("~", "%7E", StringComparison.Ordinal);

    private static Instant? Seconds(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
        && Math.Abs(seconds) < MaxSeconds
            ? Instant.FromUnixTimeSeconds(seconds)
            : null;
}

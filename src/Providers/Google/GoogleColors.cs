using System.Collections.Immutable;
using System.Globalization;

namespace CalendarActors.Providers.Google;

/// <summary>The eleven colors that an event can have.</summary>
internal static class GoogleColors
{
    // Colors: get, section "event", read 2026-11. An event's id is its place, counted from 1.
    private static readonly ImmutableArray<string> Hex =
    [
        "#A4BDFC", "#7AE7BF", "#DBADFF", "#FF887C", "#FBD75B", "#FFB878", "#46D6DB", "#E1E1E1", "#5484ED", "#51B749", "#DC2127",
    ];

    /// <summary><c>#RRGGBB</c> of a <c>colorId</c>; null when there is no such color.</summary>
    public static string? ToHex(string? colorId) =>
        int.TryParse(colorId, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id >= 1 && id <= Hex.Length
            ? Hex[id - 1]
            : null;

    /// <summary>The <c>colorId</c> nearest to <c>#RRGGBB</c>.</summary>
    public static string Nearest(string hex)
    {
        (int red, int green, int blue) = Parts(hex);
        int nearest = Enumerable.Range(0, Hex.Length).MinBy(i =>
        {
            (int r, int g, int b) = Parts(Hex[i]);
            return ((r - red) * (r - red)) + ((g - green) * (g - green)) + ((b - blue) * (b - blue));
        });
        return (nearest + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Black or white, whichever can be read on <c>#RRGGBB</c> (brightness of the W3C's "Techniques for accessibility").</summary>
    public static string TextOn(string hex)
    {
        (int red, int green, int blue) = Parts(hex);
        return (red * 299) + (green * 587) + (blue * 114) >= 128_000 ? "#000000" : "#FFFFFF";
    }

    private static (int Red, int Green, int Blue) Parts(string hex) =>
        (Convert.ToInt32(hex[1..3], 16), Convert.ToInt32(hex[3..5], 16), Convert.ToInt32(hex[5..7], 16));
}

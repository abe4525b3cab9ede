using System.Collections.Frozen;
using System.Drawing;

namespace CalendarActors.Providers.ICalendar;

/// <summary>The color names of CSS, which are the only values that <c>COLOR</c> may have (RFC 7986 section 5.9).</summary>
internal static class CssColors
{
    private static readonly FrozenDictionary<string, string> HexByName = Enum.GetValues<KnownColor>()
        .Select(Color.FromKnownColor)
        .Where(color => !color.IsSystemColor && color.A == 255)
        .ToFrozenDictionary(
            color => color.Name,
            color => $"#{color.R:X2}{color.G:X2}{color.B:X2}",
            StringComparer.OrdinalIgnoreCase);

    /// <summary><c>#RRGGBB</c> of a name, of a hex color with or without alpha, or null.</summary>
    public static string? ToHex(string? text)
    {
        string color = text?.Trim() ?? "";
        return HexByName.GetValueOrDefault(color)
            ?? (color.Length is 7 or 9 && color[0] == '#' && color.AsSpan(1).IndexOfAnyExcept(HexDigits) < 0
                ? color[..7].ToUpperInvariant()
                : null);
    }

    /// <summary>The name nearest to <c>#RRGGBB</c>.</summary>
    public static string Nearest(string hex)
    {
        (int red, int green, int blue) = Parts(hex);
        return HexByName
            .OrderBy(pair =>
            {
                (int r, int g, int b) = Parts(pair.Value);
                return ((r - red) * (r - red)) + ((g - green) * (g - green)) + ((b - blue) * (b - blue));
            })
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .First().Key.ToLowerInvariant();
    }

    private static readonly System.Buffers.SearchValues<char> HexDigits =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static (int Red, int Green, int Blue) Parts(string hex) =>
        (Convert.ToInt32(hex[1..3], 16), Convert.ToInt32(hex[3..5], 16), Convert.ToInt32(hex[5..7], 16));
}

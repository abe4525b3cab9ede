using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>The nine colors that a calendar may be given, as Outlook on the web shows them.</summary>
internal static class GraphColors
{
    private static readonly (CalendarColor Color, string Hex)[] All =
    [
        (CalendarColor.LightBlue, "#A6D1F5"),
        (CalendarColor.LightGreen, "#87D28E"),
        (CalendarColor.LightOrange, "#FCAB73"),
        (CalendarColor.LightGray, "#C0C0C0"),
        (CalendarColor.LightYellow, "#F0E14A"),
        (CalendarColor.LightTeal, "#4ADACC"),
        (CalendarColor.LightPink, "#F08CC0"),
        (CalendarColor.LightBrown, "#CBA287"),
        (CalendarColor.LightRed, "#F88C9B"),
    ];

    /// <summary><c>#RRGGBB</c>; null for "automatic" and for those that nobody knows.</summary>
    public static string? Hex(CalendarColor? color) => Array.Find(All, c => c.Color == color).Hex;

    /// <summary>The color nearest to <c>#RRGGBB</c>.</summary>
    public static CalendarColor Nearest(string hex) => All.MinBy(c => Distance(c.Hex, hex)).Color;

    private static int Distance(string one, string other)
    {
        int sum = 0;
        for (int at = 1; at < 7; at += 2)
        {
            int difference = Convert.ToInt32(one.Substring(at, 2), 16) - Convert.ToInt32(other.Substring(at, 2), 16);
            sum += difference * difference;
        }

        return sum;
    }
}

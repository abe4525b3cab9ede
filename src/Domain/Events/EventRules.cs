using System.Globalization;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Events;

/// <summary>What values an event's fields may have.</summary>
public static class EventRules
{
    /// <summary>True when the text has at most so many characters, counted as Unicode counts them.</summary>
    public static bool IsWithin(string text, int limit) => text.Length <= limit || text.EnumerateRunes().Count() <= limit;

    /// <summary>True when nothing in the text would break a calendar file: no control characters but tab and line ends.</summary>
    /// <remarks>RFC 5545 section 3.1 allows no others.</remarks>
    public static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if ((c < ' ' && c is not ('\t' or '\r' or '\n')) || c == '\u007f')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for <c>#RRGGBB</c>.</summary>
    public static bool IsColor(string text) =>
        text.Length == 7 && text[0] == '#' && !text.AsSpan(1).ContainsAnyExcept(HexDigits);

    /// <summary>True for an absolute URL without blanks.</summary>
    public static bool IsUrl(string text) =>
        !text.AsSpan().ContainsAny(Blanks) && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && uri.Scheme != Uri.UriSchemeFile;

    /// <summary>True for decimal degrees between plus and minus <paramref name="limit"/>.</summary>
    public static bool IsDegrees(string text, int limit) =>
        text.Length is > 0 and <= 32
        && decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal degrees)
        && Math.Abs(degrees) <= limit;

    /// <summary>True when the times are both days or both moments, and the end comes after the start.</summary>
    public static bool IsPair(CalendarTime start, CalendarTime end) =>
        start.IsDate == end.IsDate && start.ToInstant(DateTimeZone.Utc) < end.ToInstant(DateTimeZone.Utc);

    /// <summary>True when the time lies between <see cref="EventLimits.FirstDay"/> and <see cref="EventLimits.LastDay"/>.</summary>
    public static bool IsInRange(CalendarTime time) =>
        time.Local.Date >= EventLimits.FirstDay && time.Local.Date <= EventLimits.LastDay;

    private static readonly System.Buffers.SearchValues<char> Blanks = System.Buffers.SearchValues.Create(" \t\r\n");

    private static readonly System.Buffers.SearchValues<char> HexDigits =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}

using System.Globalization;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Providers.ICalendar;

/// <summary>DATE and DATE-TIME values (RFC 5545 sections 3.3.4 and 3.3.5).</summary>
internal static class CalendarTimeText
{
    // NodaTime ends at the year 9999: leaving a margin keeps every end, offset and occurrence representable.
    private const int LastYear = 9990;

    /// <summary>The time of a line such as <c>DTSTART</c>; null when it is none that exists.</summary>
    public static CalendarTime? Read(ContentLine line, ZoneLookup zones) =>
        Read(line.Value, line.Parameter("VALUE"), line.Parameter("TZID"), zones);

    /// <summary>One value of a list, with the parameters of its line.</summary>
    public static CalendarTime? Read(string value, string? valueType, string? zone, ZoneLookup zones)
    {
        ReadOnlySpan<char> text = value.AsSpan().Trim();
        if (text.Length < 8 || ReadDate(text[..8]) is not { } date)
        {
            return null;
        }

        if (text.Length == 8 || string.Equals(valueType, "DATE", StringComparison.OrdinalIgnoreCase))
        {
            return CalendarTime.OnDate(date);
        }

        if (text[8] is not ('T' or 't') || ReadTime(text[9..], out bool isUtc) is not { } time)
        {
            return null;
        }

        LocalDateTime local = date + time;
        if (isUtc)
        {
            return CalendarTime.Utc(local);
        }

        if (zone is null)
        {
            return CalendarTime.Floating(local);
        }

        return zones.Find(zone) is { } id ? CalendarTime.InZone(local, id) : CalendarTime.Utc(local);
    }

    /// <summary>The instant of a line that must be in UTC, such as <c>LAST-MODIFIED</c>; null when it is not.</summary>
    public static Instant? ReadInstant(ContentLine? line) =>
        line is not null && Read(line.Value, null, null, ZoneLookup.None) is { Kind: TimeKind.Utc } time
            ? time.ToInstant(DateTimeZone.Utc)
            : null;

    /// <summary>A line with this time, keeping parameters of <paramref name="before"/> that are not about time.</summary>
    public static ContentLine Line(string name, CalendarTime time, ContentLine? before = null)
    {
        IEnumerable<LineParameter> kept = before?.Parameters.Where(p => p.Name is not ("VALUE" or "TZID")) ?? [];
        LineParameter? own = time.Kind switch
        {
            TimeKind.Date => LineParameter.Create("VALUE", "DATE"),
            TimeKind.Zoned => LineParameter.Create("TZID", time.ZoneId!),
            _ => null,
        };
        return ContentLine.Create(name, Format(time), own is null ? kept : [own, .. kept]);
    }

    /// <summary>The value alone.</summary>
    public static string Format(CalendarTime time) => time.Kind switch
    {
        TimeKind.Date => $"{time.Local:uuuuMMdd}",
        TimeKind.Utc => $"{time.Local:uuuuMMdd'T'HHmmss}Z",
        _ => $"{time.Local:uuuuMMdd'T'HHmmss}",
    };

    /// <summary>The same time, with "in a zone that is UTC" said in the way of UTC.</summary>
    public static CalendarTime Normalize(CalendarTime time) =>
        time.Kind == TimeKind.Zoned && ZoneLookup.IsUtc(time.ZoneId!) ? CalendarTime.Utc(time.Local) : time;

    private static LocalDate? ReadDate(ReadOnlySpan<char> text) =>
        Number(text[..4]) is { } year and >= 1 and <= LastYear
        && Number(text[4..6]) is { } month and >= 1 and <= 12
        && Number(text[6..8]) is { } day and >= 1
        && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day)
            : null;

    private static LocalTime? ReadTime(ReadOnlySpan<char> text, out bool isUtc)
    {
        isUtc = text.Length > 0 && text[^1] is 'Z' or 'z';
        ReadOnlySpan<char> digits = isUtc ? text[..^1] : text;

        // Seconds are not optional in the format, but some producers leave them out. A leap second has no wall clock.
        if (digits.Length is not (4 or 6)
            || Number(digits[..2]) is not ({ } hour and <= 23)
            || Number(digits[2..4]) is not ({ } minute and <= 59)
            || Number(digits.Length == 6 ? digits[4..6] : "00") is not ({ } second and <= 60))
        {
            return null;
        }

        return new LocalTime(hour, minute, Math.Min(second, 59));
    }

    private static int? Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}

using System.Collections.Immutable;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>Reads the RECUR text of RFC 5545, so that tests show rules as the RFC writes them.</summary>
internal static class Rrule
{
    private static readonly string[] Days = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    internal static RecurrenceRule Parse(string text)
    {
        Dictionary<string, string> parts = text.Split(';').Select(p => p.Split('='))
            .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        return new RecurrenceRule
        {
            Frequency = Enum.Parse<RecurrenceFrequency>(parts["FREQ"], ignoreCase: true),
            Interval = parts.TryGetValue("INTERVAL", out string? interval) ? int.Parse(interval) : 1,
            Count = parts.TryGetValue("COUNT", out string? count) ? int.Parse(count) : null,
            Until = parts.TryGetValue("UNTIL", out string? until) ? Time(until) : null,
            BySecond = Numbers(parts, "BYSECOND"),
            ByMinute = Numbers(parts, "BYMINUTE"),
            ByHour = Numbers(parts, "BYHOUR"),
            ByDay = parts.TryGetValue("BYDAY", out string? days) ? [.. days.Split(',').Select(Weekday)] : [],
            ByMonthDay = Numbers(parts, "BYMONTHDAY"),
            ByYearDay = Numbers(parts, "BYYEARDAY"),
            ByWeekNo = Numbers(parts, "BYWEEKNO"),
            ByMonth = Numbers(parts, "BYMONTH"),
            BySetPos = Numbers(parts, "BYSETPOS"),
            WeekStart = parts.TryGetValue("WKST", out string? weekStart) ? Weekday(weekStart).Day : IsoDayOfWeek.Monday,
        };
    }

    /// <summary><c>19970902</c>, <c>19970902T090000</c>, <c>19970902T090000Z</c>, <c>Europe/Berlin:19970902T090000</c>.</summary>
    internal static CalendarTime Time(string text)
    {
        if (text.LastIndexOf(':') is int colon and > 0)
        {
            return CalendarTime.InZone(Local(text[(colon + 1)..]), text[..colon]);
        }

        return text.Length == 8 ? CalendarTime.OnDate(Local(text + "T000000").Date)
            : text.EndsWith('Z') ? CalendarTime.Utc(Local(text[..^1]))
            : CalendarTime.Floating(Local(text));
    }

    private static LocalDateTime Local(string text) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss").Parse(text).Value;

    private static WeekdayInPeriod Weekday(string text) => new(
        (IsoDayOfWeek)Array.IndexOf(Days, text[^2..]), text.Length > 2 ? int.Parse(text[..^2]) : null);

    private static ImmutableArray<int> Numbers(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out string? text) ? [.. text.Split(',').Select(int.Parse)] : [];
}

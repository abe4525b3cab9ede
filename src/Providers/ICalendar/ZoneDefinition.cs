using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace CalendarActors.Providers.ICalendar;

/// <summary>Writes a zone of the IANA database as <c>VTIMEZONE</c> (RFC 5545 section 3.6.5).</summary>
/// <remarks>
/// From the year before the event on: each run of onsets that keeps to one yearly pattern until the horizon becomes a
/// rule without end, every other one is listed.
/// </remarks>
internal static class ZoneDefinition
{
    private const int YearsAhead = 10;
    private const int LastYear = 2200;

    private sealed record Onset(LocalDateTime Local, Offset From, Offset To, string Name, bool IsDaylight);

    /// <summary>The definition of a zone for an event that starts in a year.</summary>
    public static CalendarComponent Create(string zoneId, int year)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[zoneId];
        int first = Math.Clamp(year - 1, 1900, LastYear - 1);
        int horizon = Math.Min(first + YearsAhead, LastYear);
        List<ZoneInterval> intervals = [.. zone.GetZoneIntervals(
            new Interval(Instant.FromUtc(first, 1, 1, 0, 0), Instant.FromUtc(horizon + 1, 1, 1, 0, 0)))];

        var component = new CalendarComponent("VTIMEZONE");
        component.Lines.Add(ContentLine.Create("TZID", zoneId));
        ZoneInterval initial = intervals[0];
        component.Components.Add(Observance([new Onset(
            new LocalDateTime(Math.Min(first, 1970), 1, 1, 0, 0),
            initial.WallOffset,
            initial.WallOffset,
            initial.Name,
            initial.Savings != Offset.Zero)]));

        IEnumerable<Onset> onsets = intervals.Zip(intervals.Skip(1), (before, after) => new Onset(
            after.Start.WithOffset(before.WallOffset).LocalDateTime,
            before.WallOffset,
            after.WallOffset,
            after.Name,
            after.Savings != Offset.Zero));
        foreach (IGrouping<object, Onset> alike in onsets.GroupBy(o => (object)(o.From, o.To, o.Name, o.IsDaylight)))
        {
            component.Components.AddRange(Observances([.. alike], horizon));
        }

        return component;
    }

    private static IEnumerable<CalendarComponent> Observances(List<Onset> onsets, int horizon)
    {
        // The longest tail with one pattern and an onset in each of its years; what comes before it is listed.
        for (int from = 0; from < onsets.Count - 2 && onsets[^1].Local.Year == horizon; from++)
        {
            if (YearlyRule(onsets[from..]) is { } rule)
            {
                return from == 0
                    ? [Observance(onsets, rule)]
                    : [Observance(onsets[..from]), Observance(onsets[from..], rule)];
            }
        }

        return [Observance(onsets)];
    }

    private static RecurrenceRule? YearlyRule(List<Onset> onsets)
    {
        LocalDateTime first = onsets[0].Local;
        if (onsets.Where((o, i) => o.Local.Year != first.Year + i || o.Local.Month != first.Month
            || o.Local.TimeOfDay != first.TimeOfDay || o.Local.DayOfWeek != first.DayOfWeek).Any())
        {
            return null;
        }

        int? ordinal = onsets.TrueForAll(o => o.Local.Day + 7 > o.Local.Calendar.GetDaysInMonth(o.Local.Year, o.Local.Month)) ? -1
            : onsets.TrueForAll(o => (o.Local.Day - 1) / 7 == (first.Day - 1) / 7) ? ((first.Day - 1) / 7) + 1
            : null;
        return ordinal is null ? null : new RecurrenceRule
        {
            Frequency = RecurrenceFrequency.Yearly,
            ByMonth = [first.Month],
            ByDay = [new WeekdayInPeriod(first.DayOfWeek, ordinal)],
        };
    }

    private static CalendarComponent Observance(List<Onset> onsets, RecurrenceRule? rule = null)
    {
        Onset first = onsets[0];
        CalendarTime start = CalendarTime.Floating(first.Local);
        var component = new CalendarComponent(first.IsDaylight ? "DAYLIGHT" : "STANDARD");
        component.Lines.Add(ContentLine.Create("TZNAME", LineText.Escape(first.Name)));
        component.Lines.Add(ContentLine.Create("TZOFFSETFROM", Format(first.From)));
        component.Lines.Add(ContentLine.Create("TZOFFSETTO", Format(first.To)));
        component.Lines.Add(ContentLine.Create("DTSTART", CalendarTimeText.Format(start)));
        if (rule is not null)
        {
            component.Lines.Add(ContentLine.Create("RRULE", RecurrenceText.Format(rule, start)));
        }
        else if (onsets.Count > 1)
        {
            component.Lines.Add(ContentLine.Create(
                "RDATE", string.Join(',', onsets.Skip(1).Select(o => CalendarTimeText.Format(CalendarTime.Floating(o.Local))))));
        }

        return component;
    }

    private static string Format(Offset offset)
    {
        int seconds = Math.Abs(offset.Seconds);
        string text = $"{(offset.Seconds < 0 ? '-' : '+')}{seconds / 3600:D2}{seconds / 60 % 60:D2}";
        return seconds % 60 == 0 ? text : $"{text}{seconds % 60:D2}";
    }
}

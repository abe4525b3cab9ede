using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;

namespace CalendarActors.Providers.ICalendar;

/// <summary>Reads a calendar object resource (RFC 4791 section 4.1) into the domain's shape.</summary>
/// <remarks>
/// Whatever the input, it ends in time linear to its size and throws nothing. A part that makes no sense is passed over
/// when the event is still true without it (a broken rule, a bad alarm); without a UID or a start there is no event.
/// </remarks>
internal static class CalendarObjectReader
{
    private const int MaxRules = 8;
    private const int MaxDates = 20_000;

    /// <summary>Reads the text of a resource.</summary>
    public static CalendarReading Read(string text)
    {
        CalendarComponent? calendar = CalendarText.Parse(text);
        if (calendar is null)
        {
            return CalendarReading.Unreadable;
        }

        if (!calendar.ComponentsNamed("VEVENT").Any())
        {
            return new CalendarReading(null, calendar, IsOther: calendar.Components.Count > 0);
        }

        try
        {
            return new CalendarReading(ReadObject(calendar), calendar, IsOther: false);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            // Times at the very end of the calendar, pushed over it by a duration.
            return new CalendarReading(null, calendar, IsOther: false);
        }
    }

    /// <summary>The component that is the master; null when there are only overrides.</summary>
    public static CalendarComponent? MasterOf(CalendarComponent calendar) => calendar.ComponentsNamed("VEVENT")
        .Where(e => e.Line("RECURRENCE-ID") is null)
        .MaxBy(e => int.TryParse(e.Line("SEQUENCE")?.Value, out int sequence) ? sequence : 0);

    private static CalendarObject? ReadObject(CalendarComponent calendar)
    {
        ZoneLookup zones = ZoneLookup.Of(calendar);
        CalendarComponent? master = MasterOf(calendar);
        string? uid = (master ?? calendar.ComponentsNamed("VEVENT").First()).Line("UID")?.Value.Trim();
        EventDefinition? definition = master is null ? null : ReadDefinition(master, null, zones);
        if (string.IsNullOrEmpty(uid) || uid.Length > 2048 || (master is not null && definition is null))
        {
            return null;
        }

        List<EventOverride> overrides = [.. calendar.ComponentsNamed("VEVENT")
            .Where(e => e.Line("RECURRENCE-ID") is not null && e.Line("UID")?.Value.Trim() == uid)
            .Select(e => ReadOverride(e, definition, zones)).OfType<EventOverride>()];
        if (definition is null && overrides.Count == 0)
        {
            return null;
        }

        CalendarComponent stamped = master ?? calendar.ComponentsNamed("VEVENT").First();
        return new CalendarObject
        {
            Uid = uid,
            Master = definition,
            Rules = master is null ? [] : ReadRules(master, definition!.Start, zones),
            Added = master is null ? [] : ReadAdded(master, zones),
            Excluded = master is null ? [] : [.. Times(master, "EXDATE", zones)],
            Overrides = [.. overrides],
            Created = CalendarTimeText.ReadInstant(stamped.Line("CREATED")),
            LastModified = CalendarTimeText.ReadInstant(stamped.Line("LAST-MODIFIED")),
        };
    }

    private static EventOverride? ReadOverride(CalendarComponent component, EventDefinition? master, ZoneLookup zones)
    {
        ContentLine line = component.Line("RECURRENCE-ID")!;
        if (CalendarTimeText.Read(line, zones) is not { } id)
        {
            return null;
        }

        // Some producers name an occurrence by its day only: it is the one that starts on that day.
        if (master is not null && id.IsDate != master.Start.IsDate)
        {
            id = master.Start.IsDate
                ? CalendarTime.OnDate(id.Local.Date)
                : master.Start.WithLocal(id.Local.Date + master.Start.Local.TimeOfDay);
        }

        return ReadDefinition(component, id, zones) is { } definition
            ? new EventOverride(id, line.Parameter("RANGE")?.ToUpperInvariant() == "THISANDFUTURE", definition)
            : null;
    }

    private static EventDefinition? ReadDefinition(CalendarComponent component, CalendarTime? fallback, ZoneLookup zones)
    {
        CalendarTime? written = component.Line("DTSTART") is { } line ? CalendarTimeText.Read(line, zones) : fallback;
        return written is { } start
            ? new EventDefinition(start, ReadEnd(component, start, zones), EventContentReader.Read(component))
            : null;
    }

    private static CalendarTime ReadEnd(CalendarComponent component, CalendarTime start, ZoneLookup zones)
    {
        CalendarTime? end = component.Line("DTEND") is { } line ? CalendarTimeText.Read(line, zones)
            : component.Line("DURATION") is { } duration ? DurationText.Parse(duration.Value)?.After(start)
            : null;
        if (start.IsDate)
        {
            // An end with a time of day counts the day it is on; no end, or the start again, is one day (section 3.6.1).
            CalendarTime last = end switch
            {
                null => start,
                { IsDate: false } e => CalendarTime.OnDate(e.Local.TimeOfDay == NodaTime.LocalTime.Midnight ? e.Local.Date : e.Local.Date.PlusDays(1)),
                { } e => e,
            };
            return last.Local > start.Local ? last : CalendarTime.OnDate(start.Local.Date.PlusDays(1));
        }

        if (end is not { } stop)
        {
            return start;
        }

        stop = stop.IsDate ? start.WithLocal(stop.Local) : stop;
        return IsBefore(stop, start) ? start : stop;
    }

    private static bool IsBefore(CalendarTime end, CalendarTime start) =>
        end.Kind == start.Kind && end.ZoneId == start.ZoneId && end.Kind != TimeKind.Zoned
            ? end.Local < start.Local
            : end.ToInstant(NodaTime.DateTimeZone.Utc) < start.ToInstant(NodaTime.DateTimeZone.Utc);

    /// <summary>The rules of a component; those that make no sense are passed over.</summary>
    public static ImmutableArray<RecurrenceRule> ReadRules(CalendarComponent master, CalendarTime start, ZoneLookup zones) =>
        [.. master.LinesNamed("RRULE").Take(MaxRules).Select(l => RecurrenceText.Parse(l.Value, start, zones)).OfType<RecurrenceRule>()];

    /// <summary>The starts that a component adds to its rules.</summary>
    public static ImmutableArray<RecurrenceDate> ReadAdded(CalendarComponent master, ZoneLookup zones)
    {
        var added = ImmutableArray.CreateBuilder<RecurrenceDate>();
        foreach (ContentLine line in master.LinesNamed("RDATE"))
        {
            foreach (string value in line.Value.Split(','))
            {
                string[] parts = value.Split('/');
                if (added.Count == MaxDates
                    || CalendarTimeText.Read(parts[0], parts.Length > 1 ? null : line.Parameter("VALUE"), line.Parameter("TZID"), zones) is not { } start)
                {
                    continue;
                }

                CalendarTime? end = parts.Length < 2 ? null
                    : DurationText.Parse(parts[1])?.After(start)
                      ?? CalendarTimeText.Read(parts[1], null, line.Parameter("TZID"), zones);
                added.Add(new RecurrenceDate(start, end is { } stop && !IsBefore(stop, start) ? stop : null));
            }
        }

        return added.ToImmutable();
    }

    /// <summary>The times in all lines of a name, such as <c>EXDATE</c>.</summary>
    public static IEnumerable<CalendarTime> Times(CalendarComponent master, string name, ZoneLookup zones) =>
        master.LinesNamed(name)
            .SelectMany(l => l.Value.Split(','), (l, v) => CalendarTimeText.Read(v, l.Parameter("VALUE"), l.Parameter("TZID"), zones))
            .OfType<CalendarTime>()
            .Take(MaxDates);
}

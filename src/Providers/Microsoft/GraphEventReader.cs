using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.ICalendar;
using Microsoft.Graph.Models;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Makes one item of an event, or of a series master with its exceptions.</summary>
internal static class GraphEventReader
{
    private const int MaxExceptions = 2000;

    /// <summary>Reads an event that was fetched whole.</summary>
    /// <returns>Null for one that cannot be read: without times, or with a pattern that nobody knows.</returns>
    public static ProviderItem? Read(Event row)
    {
        GraphExtras extras = GraphExtras.Parse(GraphProperties.Get(row, GraphProperties.Extras));
        if (row.Id is not { Length: > 0 } id || ReadDefinition(row, extras, master: null) is not { } master)
        {
            return null;
        }

        ImmutableArray<RecurrenceRule> rules = [];
        if (row.Recurrence is { } recurrence)
        {
            if (ReadRule(recurrence, extras, master.Start) is not { } rule)
            {
                return null;
            }

            rules = [rule];
        }

        return new ProviderItem(id, GraphVersion.Of(row), new CalendarObject
        {
            Uid = GraphProperties.Get(row, GraphProperties.Key) is { Length: > 0 } key ? key
                : row.ICalUId is { Length: > 0 } uid ? uid : id,
            Master = master,
            Rules = rules,
            Excluded = rules.IsEmpty ? [] : [.. ReadCancelled(row, master.Start)],
            Overrides = rules.IsEmpty ? [] : ReadExceptions(row, extras, master),
            Created = InstantOf(row.CreatedDateTime),
            LastModified = InstantOf(row.LastModifiedDateTime),
        });
    }

    private static EventDefinition? ReadDefinition(Event row, GraphExtras extras, EventDefinition? master)
    {
        bool isAllDay = row.IsAllDay == true;
        string? startZone = GraphExtras.Exact(extras.Zone, Known(row.OriginalStartTimeZone, row.Recurrence));
        string? endZone = GraphExtras.Exact(extras.EndZone, Known(row.OriginalEndTimeZone, row.Recurrence));
        CalendarTime? start = GraphTimes.Read(row.Start, isAllDay, startZone, master?.Start.ZoneId);
        CalendarTime? end = GraphTimes.Read(row.End, isAllDay, endZone, startZone, master?.End.ZoneId);
        if (start is not { } from || end is not { } to)
        {
            return null;
        }

        return new EventDefinition(
            from, to.ToInstant(DateTimeZone.Utc) < from.ToInstant(DateTimeZone.Utc) ? from : to, GraphContentReader.Read(row, extras));
    }

    // Custom zones ("tzone://Microsoft/Custom") exist; the recurrence may still name one that is known.
    private static string? Known(string? zone, PatternedRecurrence? recurrence) =>
        ZoneIds.Resolve(zone) is null && ZoneIds.Resolve(recurrence?.Range?.RecurrenceTimeZone) is { } other ? other : zone;

    private static RecurrenceRule? ReadRule(PatternedRecurrence recurrence, GraphExtras extras, CalendarTime start)
    {
        RecurrenceRule? there = GraphRecurrence.Read(recurrence);
        RecurrenceRule? written = extras.Rule is null ? null : RecurrenceText.Parse(extras.Rule, start, ZoneLookup.None);
        return there is not null && written is not null
            && GraphRecurrence.Write(written, start).Recurrence is { } same && GraphRecurrence.Read(same) == there
                ? written
                : there;
    }

    // "OID.<master's id>.2027-03-18": the day on which it would have been.
    private static IEnumerable<CalendarTime> ReadCancelled(Event row, CalendarTime start) =>
        (row.CancelledOccurrences ?? []).Select(DayOf).OfType<LocalDate>().Order().Distinct().Take(MaxExceptions)
            .Select(day => start.WithLocal(day + start.Local.TimeOfDay));

    private static LocalDate? DayOf(string? occurrenceId) =>
        occurrenceId is { Length: > 10 } && LocalDatePattern.Iso.Parse(occurrenceId[^10..]).TryGetValue(default, out LocalDate day)
            ? day
            : null;

    private static ImmutableArray<EventOverride> ReadExceptions(Event row, GraphExtras extras, EventDefinition master)
    {
        SortedDictionary<LocalDateTime, EventOverride> overrides = [];
        foreach (Event exception in (row.ExceptionOccurrences ?? []).Take(MaxExceptions))
        {
            if (NameOf(exception, master.Start) is { } name && ReadDefinition(exception, extras, master) is { } definition)
            {
                overrides[name.Local] = new EventOverride(name, ThisAndFuture: false, definition);
            }
        }

        return [.. overrides.Values];
    }

    private static CalendarTime? NameOf(Event exception, CalendarTime start)
    {
        if (!start.IsDate && exception.OriginalStart is { } original)
        {
            return start.WithLocal(Instant.FromDateTimeOffset(original).InZone(start.ZoneOr(DateTimeZone.Utc)).LocalDateTime);
        }

        return DayOf(OccurrenceIdOf(exception)) is { } day ? start.WithLocal(day + start.Local.TimeOfDay)
            : exception.OriginalStart is { } at ? start.WithLocal(LocalDateTime.FromDateTime(at.DateTime))
            : null;
    }

    // The package's model of an event does not have it.
    private static string? OccurrenceIdOf(Event row) =>
        row.AdditionalData.TryGetValue("occurrenceId", out object? id) ? id as string : null;

    private static Instant? InstantOf(DateTimeOffset? time) => time is { } moment ? Instant.FromDateTimeOffset(moment) : null;
}

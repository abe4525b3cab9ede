using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Finds the happenings of an event inside a window, with bounded work.</summary>
/// <remarks>
/// Rules repeat on the wall of the event's own zone (RFC 5545 section 3.3.10). The first occurrence is always the
/// master's own start, whether or not its rules give it, and counts as one of their <c>COUNT</c>. Decisions and known
/// differences from other readers of the RFC: <c>docs/time.md</c>.
/// </remarks>
public static class RecurrenceExpander
{
    private static readonly Expansion None = new([], UnknownFrom: null);

    /// <summary>Every happening that overlaps <paramref name="window"/>, or starts in it when it takes no time.</summary>
    /// <remarks>
    /// Pure and repeatable: the same arguments give the same list, and a window's list is the union of those of its
    /// parts, unless one of them is truncated (<see cref="RecurrenceLimits"/>). A cancelled master has no happenings;
    /// without a master the overrides are all there is. An override is listed where it takes place, also when no rule
    /// gives the occurrence that it replaces.
    /// </remarks>
    /// <param name="calendarObject">The event with its rules and overrides.</param>
    /// <param name="window">Start inclusive, end exclusive; both given.</param>
    /// <param name="floatingZone">The calendar's zone, for days and floating times.</param>
    /// <param name="allowance">What all objects of the calendar may cost together; null for no such bound.</param>
    /// <exception cref="InvalidOperationException"><paramref name="window"/> has no start or no end.</exception>
    public static Expansion Expand(
        CalendarObject calendarObject, Interval window, DateTimeZone floatingZone, ExpansionAllowance? allowance = null)
    {
        if (window.Duration == Duration.Zero)
        {
            return None;
        }

        WallClocks clocks = new(floatingZone);
        if (calendarObject.Master is not EventDefinition master)
        {
            return OverridesAlone(calendarObject.Overrides, window, clocks);
        }

        if (master.Content.Status == EventStatus.Cancelled)
        {
            return None;
        }

        EventTimes times = new(master, clocks);
        if (!calendarObject.IsRecurring && calendarObject.Overrides.IsEmpty && calendarObject.Excluded.IsEmpty)
        {
            return Once(times.AsWritten(recurrenceId: null), window);
        }

        return allowance?.IsUsedUp == true
            ? new Expansion([], window.Start)
            : new SeriesExpansion(calendarObject, times, window, clocks, allowance).Run();
    }

    private static Expansion Once(Occurrence occurrence, Interval window) =>
        OccurrenceList.Overlaps(window, occurrence) ? new Expansion([occurrence], UnknownFrom: null) : None;

    private static Expansion OverridesAlone(
        ImmutableArray<EventOverride> overrides, Interval window, WallClocks clocks)
    {
        Dictionary<Instant, EventOverride> byInstant = [];
        foreach (EventOverride @override in overrides)
        {
            byInstant[clocks.ToInstant(@override.RecurrenceId)] = @override;
        }

        OccurrenceList occurrences = new(window);
        foreach ((Instant key, EventOverride @override) in byInstant)
        {
            if (@override.Definition.Content.Status != EventStatus.Cancelled)
            {
                EventTimes times = new(@override.Definition, clocks);
                occurrences.Add(key, times.AsWritten(@override.RecurrenceId));
            }
        }

        return occurrences.ToExpansion();
    }
}

using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>The happenings of one item.</summary>
public static class Happenings
{
    /// <summary>Those that overlap <paramref name="window"/>; cancelled ones left out.</summary>
    /// <remarks>An event that happens once needs no expansion: most do, and this is where time goes.</remarks>
    public static ImmutableArray<Occurrence> Of(CalendarObject item, Interval window, DateTimeZone zone)
    {
        if (item.IsRecurring || !item.Overrides.IsEmpty || !item.Excluded.IsEmpty)
        {
            return RecurrenceExpander.Expand(item, window, zone).Occurrences;
        }

        if (item.Master is not { } master || master.Content.Status == EventStatus.Cancelled)
        {
            return [];
        }

        Instant start = master.Start.ToInstant(zone);
        Instant end = Instant.Max(start, master.End.ToInstant(zone));
        return start < window.End && (end > window.Start || start >= window.Start)
            ? [new Occurrence(null, master.Start, master.End, start, end, master.Content)]
            : [];
    }

    /// <summary>Those of a managed event: it is kept whatever its date.</summary>
    public static ImmutableArray<Occurrence> OfManaged(CalendarObject item, Interval window, DateTimeZone zone)
    {
        if (item.Master is not { } master)
        {
            return Of(item, window, zone);
        }

        Instant start = master.Start.ToInstant(zone) - Duration.FromDays(1);
        Instant end = Instant.Max(start, master.End.ToInstant(zone)) + Duration.FromDays(1);
        return Of(item, new Interval(Instant.Min(window.Start, start), Instant.Max(window.End, end)), zone);
    }
}

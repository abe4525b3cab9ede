using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>The happenings of one item.</summary>
public static class Happenings
{
    private static readonly Expansion None = new([], null);

    /// <summary>Those that overlap <paramref name="window"/>; cancelled ones left out.</summary>
    /// <remarks>An event that happens once needs no expansion: most do, and this is where time goes.</remarks>
    /// <param name="item">The item.</param>
    /// <param name="window">What to expand.</param>
    /// <param name="zone">The calendar's, for days and floating times.</param>
    /// <param name="allowance">What all items of the calendar may cost together; null for no such bound.</param>
    public static Expansion Of(
        CalendarObject item, Interval window, DateTimeZone zone, ExpansionAllowance? allowance = null)
    {
        if (item.IsRecurring || !item.Overrides.IsEmpty || !item.Excluded.IsEmpty)
        {
            return RecurrenceExpander.Expand(item, window, zone, allowance);
        }

        if (item.Master is not { } master || master.Content.Status == EventStatus.Cancelled)
        {
            return None;
        }

        Instant start = master.Start.ToInstant(zone);
        Instant end = Instant.Max(start, master.End.ToInstant(zone));
        return start < window.End && (end > window.Start || start >= window.Start)
            ? new Expansion([new Occurrence(null, master.Start, master.End, start, end, master.Content)], null)
            : None;
    }

    /// <summary>True when a series has happenings after some moment, or may have for all that is known.</summary>
    /// <param name="item">The item.</param>
    /// <param name="moment">After which.</param>
    /// <param name="zone">The calendar's, for days and floating times.</param>
    /// <param name="allowance">What all items of the calendar may cost together; a series that there is none left for may go on.</param>
    public static bool GoOnAfter(CalendarObject item, Instant moment, DateTimeZone zone, ExpansionAllowance allowance)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (!item.IsRecurring)
        {
            return false;
        }

        if (item.Rules.Any(r => r is { Count: null, Until: null }))
        {
            return true;
        }

        Expansion rest = RecurrenceExpander.Expand(item, new Interval(moment, Instant.Max(moment, AvailabilityLimits.Last)), zone, allowance);
        return rest.IsTruncated || !rest.Occurrences.IsEmpty;
    }

    /// <summary>Those of a managed event: it is kept whatever its date.</summary>
    public static Expansion OfManaged(
        CalendarObject item, Interval window, DateTimeZone zone, ExpansionAllowance? allowance = null)
    {
        if (item.Master is not { } master)
        {
            return Of(item, window, zone, allowance);
        }

        Instant start = master.Start.ToInstant(zone) - Duration.FromDays(1);
        Instant end = Instant.Max(start, master.End.ToInstant(zone)) + Duration.FromDays(1);
        return Of(item, new Interval(Instant.Min(window.Start, start), Instant.Max(window.End, end)), zone, allowance);
    }
}

using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Schedules;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>How a calendar takes its person's time, from the busy index alone.</summary>
internal static class BusyTimesReading
{
    /// <summary>All that is in the window. What lies behind it is not known, and so must not be read as free.</summary>
    /// <param name="index">What is there.</param>
    /// <param name="window">What is kept.</param>
    /// <param name="zoneId">The calendar's, in which days and floating times are read; null for UTC.</param>
    /// <param name="hasRemote">False when nobody but us has it: then what is here is all that there is, but for what series go on to.</param>
    /// <param name="wasRead">False until it was read once as a whole.</param>
    public static BusyTimes Of(BusyIndex index, ExpandedWindow window, string? zoneId, bool hasRemote, bool wasRead)
    {
        DateTimeZone zone = zoneId is null ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc;
        Dictionary<Transparency, List<Stretch>> kinds = [];
        Dictionary<string, List<long>> owners = new(StringComparer.Ordinal);
        foreach (BusyTime time in CalendarReading.All(index, window, zone))
        {
            if (time.Owner is { } owner)
            {
                In(owners, owner.ClientId).Add(time.StartsAt.ToUnixTimeSeconds());
            }

            if (time.Transparency.TakesTime())
            {
                In(kinds, time.Transparency).Add(Stretch.Covering(time.StartsAt, time.EndsAt));
            }
        }

        if (hasRemote || index.GoesOn)
        {
            In(kinds, Transparency.Unknown).Add(NotKept(window, wasRead || !hasRemote));
        }

        return new BusyTimes(
            [.. kinds.OrderBy(k => k.Key).Select(k => new BusyKind(k.Key, TimeSet.Of(k.Value).Edges))],
            [.. owners.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => new OwnedStarts(o.Key, [.. o.Value.Order()]))]);
    }

    /// <summary>The time of which a calendar says nothing: what is further ahead than calendars are kept; all, until it was read once.</summary>
    public static Stretch NotKept(ExpandedWindow window, bool wasRead) =>
        Stretch.Covering(wasRead ? window.End : NodaConstants.UnixEpoch, AvailabilityLimits.Last);

    private static List<TItem> In<TKey, TItem>(Dictionary<TKey, List<TItem>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<TItem>? list))
        {
            lists[key] = list = [];
        }

        return list;
    }
}

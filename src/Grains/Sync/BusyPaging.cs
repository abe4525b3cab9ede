using System.Buffers;
using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>Puts busy times in the order of pages, and makes entries of those that are on one.</summary>
internal static class BusyPaging
{
    /// <summary>A page.</summary>
    /// <param name="candidates">What there may be, in any order.</param>
    /// <param name="calendarId">Whose.</param>
    /// <param name="scope">What of it is asked for.</param>
    /// <param name="query">The same.</param>
    /// <param name="entryOf">Makes the entry, with its uid or without: costly, so only of what is shown, or starts when others do.</param>
    public static BusyPage Page(
        IEnumerable<BusyTime> candidates, string calendarId, QueryScope scope, CalendarQuery query, Func<BusyTime, bool, BusyEntry> entryOf)
    {
        BusyTime[] covered = ArrayPool<BusyTime>.Shared.Rent(256);
        int count = 0;
        try
        {
            foreach (BusyTime time in candidates)
            {
                if (scope.Covers(time.Owner, time.StartsAt, time.EndsAt)
                    && (query.IncludeFree || time.Entry?.IsDeleted == true || time.Transparency.TakesTime()))
                {
                    covered = count < covered.Length ? covered : Larger(covered);
                    covered[count++] = time;
                }
            }

            Span<BusyTime> times = covered.AsSpan(0, count);
            Order(times, entryOf);
            var page = ImmutableArray.CreateBuilder<BusyEntry>(Math.Min(count, Math.Clamp(query.Limit, 1, CalendarReading.MaxLimit)));
            for (int i = 0; i < times.Length && page.Count < page.Capacity; i++)
            {
                ref readonly BusyTime time = ref times[i];
                int order = scope.OrderToPosition(time.StartsAt, calendarId);
                if (order < 0)
                {
                    continue;
                }

                BusyEntry entry = entryOf(time, order == 0 || !query.OmitsUids || StartsWithAnother(times, i));
                if (order > 0 || scope.IsBehindPosition(time.StartsAt, calendarId, entry.Uid))
                {
                    page.Add(entry.EventId is null || scope.IsManaged(time.Owner) ? entry : entry with { EventId = null });
                }
            }

            return new BusyPage(page.DrainToImmutable(), count);
        }
        finally
        {
            ArrayPool<BusyTime>.Shared.Return(covered, clearArray: true);
        }
    }

    private static bool StartsWithAnother(Span<BusyTime> times, int number) =>
        (number > 0 && times[number - 1].StartsAt == times[number].StartsAt)
        || (number + 1 < times.Length && times[number + 1].StartsAt == times[number].StartsAt);

    private static BusyTime[] Larger(BusyTime[] full)
    {
        BusyTime[] larger = ArrayPool<BusyTime>.Shared.Rent(2 * full.Length);
        full.CopyTo(larger, 0);
        ArrayPool<BusyTime>.Shared.Return(full, clearArray: true);
        return larger;
    }

    // They come in order already, unless the asking zone moves days and floating times past others.
    private static void Order(Span<BusyTime> times, Func<BusyTime, bool, BusyEntry> entryOf)
    {
        for (int i = 1; i < times.Length; i++)
        {
            if (Compare(times[i - 1], times[i]) > 0)
            {
                times.Sort(Compare);
                return;
            }
        }

        int Compare(BusyTime a, BusyTime b)
        {
            int order = a.StartsAt.CompareTo(b.StartsAt);
            return order != 0 ? order
                : a.Anchor >= 0 && a.Anchor == b.Anchor ? a.Number.CompareTo(b.Number)
                : string.CompareOrdinal(entryOf(a, true).Uid, entryOf(b, true).Uid);
        }
    }
}

using System.Buffers;
using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>Puts busy times in the order of pages, and makes entries of those that are on one.</summary>
/// <param name="calendarId">Whose.</param>
/// <param name="scope">What of it is asked for.</param>
/// <param name="query">The same.</param>
internal sealed class BusyPaging(string calendarId, QueryScope scope, CalendarQuery query) : IDisposable
{
    private BusyTime[] _covered = ArrayPool<BusyTime>.Shared.Rent(256);
    private int _count;

    /// <summary>Takes what there may be, in any order: counts it when it is asked for.</summary>
    public void Add(in BusyTime time)
    {
        if (scope.Covers(time.Owner, time.StartsAt, time.EndsAt)
            && (query.IncludeFree || time.Entry?.IsDeleted == true || time.Transparency.TakesTime()))
        {
            if (_count == _covered.Length)
            {
                Grow();
            }

            _covered[_count++] = time;
        }
    }

    /// <summary>The page of what was taken.</summary>
    /// <param name="entryOf">Makes the entry, with its uid or without: costly, so only of what is shown, or starts when others do.</param>
    public BusyPage Page(Func<BusyTime, bool, BusyEntry> entryOf)
    {
        Span<BusyTime> times = _covered.AsSpan(0, _count);
        Order(times, entryOf);
        var page = ImmutableArray.CreateBuilder<BusyEntry>(Math.Min(_count, Math.Clamp(query.Limit, 1, CalendarReading.MaxLimit)));
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

        return new BusyPage(page.DrainToImmutable(), _count);
    }

    public void Dispose()
    {
        Array.Clear(_covered, 0, _count);
        ArrayPool<BusyTime>.Shared.Return(_covered);
        _covered = [];
        _count = 0;
    }

    private static bool StartsWithAnother(Span<BusyTime> times, int number) =>
        (number > 0 && times[number - 1].StartsAt == times[number].StartsAt)
        || (number + 1 < times.Length && times[number + 1].StartsAt == times[number].StartsAt);

    // They come in order already, unless the asking zone moves days and floating times past others.
    private static void Order(Span<BusyTime> times, Func<BusyTime, bool, BusyEntry> entryOf)
    {
        for (int i = 1; i < times.Length; i++)
        {
            if (Compare(times[i - 1], times[i], entryOf) > 0)
            {
                times.Sort((a, b) => Compare(a, b, entryOf));
                return;
            }
        }
    }

    private static int Compare(in BusyTime a, in BusyTime b, Func<BusyTime, bool, BusyEntry> entryOf)
    {
        int order = a.StartsAt.CompareTo(b.StartsAt);
        return order != 0 ? order
            : a.Anchor >= 0 && a.Anchor == b.Anchor ? a.Number.CompareTo(b.Number)
            : string.CompareOrdinal(entryOf(a, true).Uid, entryOf(b, true).Uid);
    }

    private void Grow()
    {
        BusyTime[] larger = ArrayPool<BusyTime>.Shared.Rent(Math.Max(256, 2 * _count));
        _covered.CopyTo(larger, 0);
        int count = _count;
        Dispose();
        (_covered, _count) = (larger, count);
    }
}

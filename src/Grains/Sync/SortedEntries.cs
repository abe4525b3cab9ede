using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Entries in the order of pages, with an index that finds those in a stretch of time.</summary>
internal sealed class SortedEntries
{
    private readonly Listed[] _entries;

    // The latest end of all entries up to each one: never falls, so it can be searched.
    private readonly Instant[] _latestEnd;

    public SortedEntries(IEnumerable<Listed> entries)
    {
        _entries = [.. entries];
        Array.Sort(_entries, static (a, b) =>
        {
            int order = a.Entry.StartsAt.CompareTo(b.Entry.StartsAt);
            return order != 0 ? order : string.CompareOrdinal(a.Entry.Uid, b.Entry.Uid);
        });
        _latestEnd = new Instant[_entries.Length];
        for (int i = 0; i < _entries.Length; i++)
        {
            Instant end = _entries[i].Entry.EndsAt;
            _latestEnd[i] = i == 0 ? end : Instant.Max(end, _latestEnd[i - 1]);
        }
    }

    /// <summary>Every one.</summary>
    public ReadOnlySpan<Listed> All => _entries;

    /// <summary>Those that may start before <paramref name="to"/> and end at or after <paramref name="from"/>.</summary>
    /// <param name="from">Null for no limit.</param>
    /// <param name="to">Null for no limit.</param>
    public ReadOnlySpan<Listed> Between(Instant? from, Instant? to)
    {
        int first = from is { } f ? FirstWhere(_latestEnd.Length, i => _latestEnd[i] >= f) : 0;
        int last = to is { } t ? FirstWhere(_entries.Length, i => _entries[i].Entry.StartsAt >= t) : _entries.Length;
        return first >= last ? [] : _entries.AsSpan(first, last - first);
    }

    private static int FirstWhere(int length, Func<int, bool> isTrue)
    {
        int low = 0;
        int high = length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = isTrue(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}

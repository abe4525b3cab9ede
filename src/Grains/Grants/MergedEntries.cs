using System.Collections.Immutable;

namespace CalendarActors.Grains.Grants;

/// <summary>The first entries of several calendars' lists taken together.</summary>
internal static class MergedEntries
{
    /// <summary>Merges lists that are in order already.</summary>
    /// <param name="lists">One a calendar.</param>
    /// <param name="limit">At most so many are taken.</param>
    /// <param name="order">The order they are in.</param>
    /// <returns>The entries, and whether more are left.</returns>
    public static (ImmutableArray<T> Entries, bool HasMore) Take<T>(
        IReadOnlyList<ImmutableArray<T>> lists, int limit, Comparison<T> order)
    {
        // One calendar is the common case, and then the list is the page.
        if (lists.Count == 1)
        {
            return lists[0].Length <= limit ? (lists[0], false) : (lists[0][..limit], true);
        }

        int total = lists.Sum(list => list.Length);
        ImmutableArray<T>.Builder merged = ImmutableArray.CreateBuilder<T>(Math.Min(limit, total));
        int[] next = new int[lists.Count];
        while (merged.Count < merged.Capacity)
        {
            int first = First(lists, next, order);
            merged.Add(lists[first][next[first]++]);
        }

        return (merged.MoveToImmutable(), total > limit);
    }

    // A handful of calendars: looking at each head is quicker than keeping a heap.
    private static int First<T>(IReadOnlyList<ImmutableArray<T>> lists, int[] next, Comparison<T> order)
    {
        int first = -1;
        for (int i = 0; i < lists.Count; i++)
        {
            if (next[i] < lists[i].Length && (first < 0 || order(lists[i][next[i]], lists[first][next[first]]) < 0))
            {
                first = i;
            }
        }

        return first;
    }
}

using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Gathers the occurrences of one object that lie in a window, in any order.</summary>
internal sealed class OccurrenceList(Interval window)
{
    private readonly List<Entry> _entries = [];

    /// <summary>Keeps the occurrence when it overlaps the window, or takes no time and starts in it.</summary>
    /// <param name="key">Of two with the same key and start only one is kept.</param>
    /// <param name="rank">The lower is kept.</param>
    /// <param name="occurrence">The occurrence.</param>
    internal void Add(Instant key, int rank, Occurrence occurrence)
    {
        if (Overlaps(window, occurrence))
        {
            _entries.Add(new Entry(key, rank, occurrence));
        }
    }

    internal static bool Overlaps(Interval window, Occurrence occurrence) =>
        occurrence.StartsAt < window.End
        && (occurrence.EndsAt > window.Start || occurrence.StartsAt >= window.Start);

    /// <summary>Ordered by start, then by key; the earliest <see cref="RecurrenceLimits.MaxOccurrences"/>.</summary>
    internal Expansion ToExpansion(bool isTruncated)
    {
        _entries.Sort(Entry.InOrder);
        ImmutableArray<Occurrence>.Builder occurrences =
            ImmutableArray.CreateBuilder<Occurrence>(Math.Min(_entries.Count, RecurrenceLimits.MaxOccurrences));
        for (int i = 0; i < _entries.Count; i++)
        {
            if (i > 0 && _entries[i].IsSameAs(_entries[i - 1]))
            {
                continue;
            }

            if (occurrences.Count == RecurrenceLimits.MaxOccurrences)
            {
                return new Expansion(occurrences.DrainToImmutable(), IsTruncated: true);
            }

            occurrences.Add(_entries[i].Occurrence);
        }

        return new Expansion(occurrences.DrainToImmutable(), isTruncated);
    }

    private readonly record struct Entry(Instant Key, int Rank, Occurrence Occurrence)
    {
        internal static readonly Comparison<Entry> InOrder = (one, other) =>
        {
            int byStart = one.Occurrence.StartsAt.CompareTo(other.Occurrence.StartsAt);
            int byKey = byStart != 0 ? byStart : one.Key.CompareTo(other.Key);
            return byKey != 0 ? byKey : one.Rank.CompareTo(other.Rank);
        };

        internal bool IsSameAs(Entry other) =>
            Key == other.Key && Occurrence.StartsAt == other.Occurrence.StartsAt;
    }
}

using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Gathers the occurrences of one object that lie in a window, in any order.</summary>
internal sealed class OccurrenceList(Interval window)
{
    private static readonly Comparison<(Instant Key, Occurrence Occurrence)> InOrder = (one, other) =>
    {
        int byStart = one.Occurrence.StartsAt.CompareTo(other.Occurrence.StartsAt);
        return byStart != 0 ? byStart : one.Key.CompareTo(other.Key);
    };

    private readonly List<(Instant Key, Occurrence Occurrence)> _entries = [];

    /// <summary>Keeps the occurrence when it overlaps the window, or takes no time and starts in it.</summary>
    /// <param name="key">Orders those that start together.</param>
    /// <param name="occurrence">The occurrence.</param>
    internal void Add(Instant key, Occurrence occurrence)
    {
        if (Overlaps(window, occurrence))
        {
            _entries.Add((key, occurrence));
        }
    }

    internal static bool Overlaps(Interval window, Occurrence occurrence) =>
        occurrence.StartsAt < window.End
        && (occurrence.EndsAt > window.Start || occurrence.StartsAt >= window.Start);

    /// <summary>Ordered by start, then by key; the earliest <paramref name="most"/>.</summary>
    /// <param name="most">At least 1.</param>
    /// <param name="unknownFrom">From when on some were not added for want of work; null when all were.</param>
    internal Expansion ToExpansion(int most = RecurrenceLimits.MaxOccurrences, Instant? unknownFrom = null)
    {
        _entries.Sort(InOrder);
        int count = Math.Min(_entries.Count, most);
        ImmutableArray<Occurrence>.Builder occurrences = ImmutableArray.CreateBuilder<Occurrence>(count);
        for (int i = 0; i < count; i++)
        {
            occurrences.Add(_entries[i].Occurrence);
        }

        if (count < _entries.Count)
        {
            Instant cut = _entries[count].Occurrence.StartsAt;
            unknownFrom = unknownFrom is { } earlier ? Instant.Min(earlier, cut) : cut;
        }

        return new Expansion(
            occurrences.MoveToImmutable(),
            unknownFrom < window.End ? Instant.Max(unknownFrom.Value, window.Start) : null);
    }
}

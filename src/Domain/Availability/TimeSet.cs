using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CalendarActors.Domain.Availability;

/// <summary>A set of moments: stretches of time in order, none of which is empty or touches another.</summary>
/// <remarks>
/// Packed into one array of start, end, start, end …, in seconds since 1970-01-01T00:00:00Z: 16 bytes a stretch, found by
/// halving. Immutable.
/// </remarks>
public sealed class TimeSet : IEquatable<TimeSet>
{
    private readonly long[] _edges;

    private TimeSet(long[] edges) => _edges = edges;

    /// <summary>No moment at all.</summary>
    public static TimeSet Empty { get; } = new([]);

    /// <summary>How many stretches there are.</summary>
    public int Count => _edges.Length / 2;

    /// <summary>Start, end, start, end …, strictly rising.</summary>
    public ImmutableArray<long> Edges => ImmutableCollectionsMarshal.AsImmutableArray(_edges);

    /// <summary>A stretch.</summary>
    /// <param name="number">0 to <see cref="Count"/> - 1, in the order of time.</param>
    public Stretch this[int number] => new(_edges[2 * number], _edges[(2 * number) + 1]);

    /// <summary>Every moment of any of these stretches, which may overlap, be empty and come in any order.</summary>
    public static TimeSet Of(params IEnumerable<Stretch> stretches)
    {
        Stretch[] sorted = [.. stretches.Where(s => !s.IsEmpty)];
        Array.Sort(sorted, static (a, b) => a.Start.CompareTo(b.Start));
        List<long> edges = new(2 * sorted.Length);
        foreach (Stretch stretch in sorted)
        {
            Append(edges, stretch);
        }

        return edges.Count == 0 ? Empty : new TimeSet([.. edges]);
    }

    /// <summary>A set whose edges were taken from <see cref="Edges"/>.</summary>
    /// <exception cref="ArgumentException">They are odd in number, or do not rise.</exception>
    public static TimeSet OfEdges(ImmutableArray<long> edges)
    {
        long[] copy = ImmutableCollectionsMarshal.AsArray(edges) ?? [];
        for (int i = 1; i < copy.Length; i++)
        {
            if (copy[i] <= copy[i - 1])
            {
                throw new ArgumentException("Edges must rise.", nameof(edges));
            }
        }

        return copy.Length % 2 == 0 ? new TimeSet(copy) : throw new ArgumentException("Each start needs an end.", nameof(edges));
    }

    /// <summary>Every moment of any of these sets.</summary>
    public static TimeSet Union(IReadOnlyList<TimeSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        TimeSet[] some = [.. sets.Where(s => s.Count > 0)];
        return some.Length switch
        {
            0 => Empty,
            1 => some[0],
            _ => Of(some.SelectMany(static s => s.Stretches())),
        };
    }

    /// <summary>Every moment that is in both.</summary>
    public TimeSet Intersect(TimeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        List<long> edges = [];
        for (int i = 0, j = 0; i < Count && j < other.Count;)
        {
            (Stretch a, Stretch b) = (this[i], other[j]);
            Append(edges, new Stretch(Math.Max(a.Start, b.Start), Math.Min(a.End, b.End)));
            if (a.End < b.End)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return edges.Count == 0 ? Empty : new TimeSet([.. edges]);
    }

    /// <summary>What of it lies in a stretch.</summary>
    public TimeSet Within(Stretch stretch) => Count == 0 || (_edges[0] >= stretch.Start && _edges[^1] <= stretch.End)
        ? this
        : Intersect(Of(stretch));

    /// <summary>The stretches of it that have a moment in a range, whole.</summary>
    public TimeSet Overlapping(Stretch stretch)
    {
        (int first, int last) = (FirstEndingAfter(stretch.Start), Count);
        while (last > first && this[last - 1].Start >= stretch.End)
        {
            last--;
        }

        return last - first == Count ? this : last <= first ? Empty : new TimeSet(_edges[(2 * first)..(2 * last)]);
    }

    /// <summary>The number of the first stretch that ends after a moment; <see cref="Count"/> when none does.</summary>
    public int FirstEndingAfter(long second)
    {
        (int low, int high) = (0, Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_edges[(2 * middle) + 1] > second)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>The first stretch that has a moment in common with this one; null when none has.</summary>
    public Stretch? FirstIn(Stretch stretch)
    {
        int first = FirstEndingAfter(stretch.Start);
        return !stretch.IsEmpty && first < Count && this[first].Start < stretch.End ? this[first] : null;
    }

    /// <summary>True when it has every moment of a stretch.</summary>
    public bool Covers(Stretch stretch) =>
        stretch.IsEmpty || (FirstIn(stretch) is { } first && first.Start <= stretch.Start && first.End >= stretch.End);

    /// <summary>In the order of time.</summary>
    public IEnumerable<Stretch> Stretches()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    public bool Equals(TimeSet? other) => other is not null && _edges.AsSpan().SequenceEqual(other._edges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TimeSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode code = default;
        code.AddBytes(MemoryMarshal.AsBytes(_edges.AsSpan()));
        return code.ToHashCode();
    }

    /// <summary>Says how many stretches there are, and not when.</summary>
    public override string ToString() => $"TimeSet({Count})";

    // Starts come in order, so a stretch can only touch the last one.
    private static void Append(List<long> edges, Stretch stretch)
    {
        if (stretch.IsEmpty)
        {
            return;
        }

        if (edges.Count > 0 && stretch.Start <= edges[^1])
        {
            edges[^1] = Math.Max(edges[^1], stretch.End);
            return;
        }

        edges.Add(stretch.Start);
        edges.Add(stretch.End);
    }
}

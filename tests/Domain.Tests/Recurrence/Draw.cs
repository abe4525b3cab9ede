using System.Collections.Immutable;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>Repeatable draws from a seed: the same on every machine and run.</summary>
internal sealed class Draw(int seed)
{
    private ulong _state = (uint)seed;

    /// <summary>Both ends included.</summary>
    internal int Between(int low, int high) => low + (int)(Next() % (ulong)((long)high - low + 1));

    internal T Of<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count - 1)];

    /// <summary>One time in so many a few distinct numbers, else none.</summary>
    internal ImmutableArray<int> Some(int oneIn, int low, int high, int atMost) => Between(1, oneIn) != 1 ? [] :
        [.. Enumerable.Range(0, Between(1, atMost)).Select(_ => Between(low, high)).Distinct()];

    /// <summary>The same for positions, which count from either end and are never zero.</summary>
    internal ImmutableArray<int> SignedSome(int oneIn, int high, int atMost) =>
        [.. Some(oneIn, 1, high, atMost).Select(v => Between(0, 1) == 0 ? v : -v)];

    // SplitMix64.
    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}

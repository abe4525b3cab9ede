using System.Collections.Immutable;

namespace CalendarActors.Domain.Recurrence;

/// <summary>
/// A set of positions counted from the front (1 is the first) or from the back (-1 is the last), up to 366 either way.
/// </summary>
/// <remarks>Zero and what lies beyond are left out: they name no position.</remarks>
internal sealed class SignedBits
{
    private const int Max = 366;

    private readonly bool[] _fromFront = new bool[Max + 1];
    private readonly bool[] _fromBack = new bool[Max + 1];

    /// <summary>The set of <paramref name="values"/>; null when there are none.</summary>
    internal static SignedBits? Of(ImmutableArray<int> values)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        SignedBits bits = new();
        foreach (int value in values)
        {
            bits.Add(value);
        }

        return bits;
    }

    internal void Add(int position)
    {
        if (position is 0 or < -Max or > Max)
        {
            return;
        }

        (position > 0 ? _fromFront : _fromBack)[Math.Abs(position)] = true;
    }

    /// <summary>True when the set names the position, of so many, in one way or the other.</summary>
    /// <param name="position">1 to <paramref name="length"/>.</param>
    /// <param name="length">How many there are; at most 366.</param>
    internal bool Contains(int position, int length) => _fromFront[position] || _fromBack[length - position + 1];
}

using System.Numerics;

namespace CalendarActors.Domain.Availability;

/// <summary>Some of the candidate starts: one bit each.</summary>
internal readonly struct StartMask(int count)
{
    private const int Bits = 64;

    private readonly ulong[] _words = new ulong[(count + Bits - 1) / Bits];

    public bool this[int number] => (_words[number / Bits] >> (number % Bits) & 1) != 0;

    /// <summary>None of them.</summary>
    public static StartMask None(int count) => new(count);

    /// <summary>All of them.</summary>
    public static StartMask All(int count)
    {
        StartMask mask = new(count);
        mask.Fill(0, count, true);
        return mask;
    }

    /// <summary>Adds or takes away those of a range.</summary>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive; at or before <paramref name="from"/> nothing happens.</param>
    /// <param name="isIn">True to add.</param>
    public void Fill(int from, int to, bool isIn)
    {
        if (to <= from)
        {
            return;
        }

        (int first, int last) = (from / Bits, (to - 1) / Bits);
        ulong head = ulong.MaxValue << (from % Bits);
        ulong tail = ulong.MaxValue >> (Bits - 1 - ((to - 1) % Bits));
        if (first == last)
        {
            Set(first, head & tail, isIn);
            return;
        }

        Set(first, head, isIn);
        _words.AsSpan((first + 1)..last).Fill(isIn ? ulong.MaxValue : 0);
        Set(last, tail, isIn);
    }

    /// <summary>Keeps those only that are in the other one, too.</summary>
    public void And(StartMask other)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            _words[i] &= other._words[i];
        }
    }

    /// <summary>Adds those that are in both of two.</summary>
    public void OrBoth(StartMask one, StartMask two)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            _words[i] |= one._words[i] & two._words[i];
        }
    }

    /// <summary>The first at or after a number; -1 when there is none.</summary>
    public int Next(int number)
    {
        int word = number / Bits;
        if (word >= _words.Length)
        {
            return -1;
        }

        ulong rest = _words[word] & (ulong.MaxValue << (number % Bits));
        while (rest == 0)
        {
            if (++word == _words.Length)
            {
                return -1;
            }

            rest = _words[word];
        }

        return (word * Bits) + BitOperations.TrailingZeroCount(rest);
    }

    private void Set(int word, ulong bits, bool isIn) => _words[word] = isIn ? _words[word] | bits : _words[word] & ~bits;
}

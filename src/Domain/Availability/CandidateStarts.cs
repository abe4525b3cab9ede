namespace CalendarActors.Domain.Availability;

/// <summary>The moments at which a meeting might begin, numbered in the order of time.</summary>
public sealed class CandidateStarts
{
    private readonly long[] _firsts;
    private readonly int[] _numbers;
    private readonly long _step;

    /// <param name="firsts">First start of each run, rising.</param>
    /// <param name="numbers">Number of that start; behind the last, how many starts there are in all.</param>
    /// <param name="step">Seconds from one start of a run to the next.</param>
    private CandidateStarts(long[] firsts, int[] numbers, long step)
    {
        _firsts = firsts;
        _numbers = numbers;
        _step = step;
    }

    /// <summary>How many there are.</summary>
    public int Count => _numbers[^1];

    /// <summary>When one is.</summary>
    /// <param name="number">0 to <see cref="Count"/> - 1.</param>
    public long this[int number]
    {
        get
        {
            int run = Array.BinarySearch(_numbers, number);
            run = run < 0 ? ~run - 1 : run;
            return _firsts[run] + ((number - _numbers[run]) * _step);
        }
    }

    /// <summary>On the clock, at whole multiples of a step in UTC, and so that the meeting ends within a period.</summary>
    /// <param name="periods">In which the whole meeting must lie.</param>
    /// <param name="earliest">No start before it; seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="duration">Of the meeting, in seconds, above 0.</param>
    /// <param name="step">Seconds, above 0.</param>
    public static CandidateStarts Every(long step, TimeSet periods, long earliest, long duration)
    {
        ArgumentNullException.ThrowIfNull(periods);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, 1);
        List<long> firsts = [];
        List<int> numbers = [0];
        foreach (Stretch period in periods.Stretches())
        {
            long first = CeilingOf(Math.Max(period.Start, earliest), step);
            long count = FloorDivide(period.End - duration - first, step) + 1;
            if (count > 0)
            {
                firsts.Add(first);
                numbers.Add(checked(numbers[^1] + (int)count));
            }
        }

        return new CandidateStarts([.. firsts], [.. numbers], step);
    }

    /// <summary>Exactly these.</summary>
    /// <param name="starts">In any order; what comes twice counts once.</param>
    /// <param name="earliest">None before it.</param>
    public static CandidateStarts Listed(IEnumerable<long> starts, long earliest)
    {
        long[] sorted = [.. starts.Where(s => s >= earliest).Distinct().Order()];
        return new CandidateStarts(sorted, [.. Enumerable.Range(0, sorted.Length + 1)], 1);
    }

    /// <summary>The number of the first start at or after a moment; <see cref="Count"/> when there is none.</summary>
    public int FirstAtOrAfter(long second)
    {
        int run = Array.BinarySearch(_firsts, second);
        if (run >= 0)
        {
            return _numbers[run];
        }

        run = ~run - 1;
        return run < 0 ? 0 : (int)Math.Min(_numbers[run + 1], _numbers[run] + FloorDivide(second - _firsts[run] + _step - 1, _step));
    }

    /// <summary>The first whole multiple of a step at or after a moment.</summary>
    internal static long CeilingOf(long second, long step) => -FloorDivide(-second, step) * step;

    private static long FloorDivide(long value, long by)
    {
        (long quotient, long rest) = Math.DivRem(value, by);
        return rest < 0 ? quotient - 1 : quotient;
    }
}

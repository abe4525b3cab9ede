using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Walks one rule over a stretch of the wall and notes the starts that it gives.</summary>
/// <remarks>
/// <list type="number">
/// <item>Without <c>COUNT</c>, or with one that cannot be used up before the stretch ends, it jumps to the stretch.</item>
/// <item>With <c>COUNT</c> and exactly one start a period, it jumps as well: the start's ordinal is arithmetic.</item>
/// <item>Else it counts from the first start on, whole bases at a time.</item>
/// </list>
/// Times are wall seconds: no zone is known here, and <c>UNTIL</c> is the caller's, who ends the stretch there.
/// </remarks>
internal ref struct RuleWalk
{
    private readonly long _start;
    private readonly long _low;
    private readonly long _high;
    private readonly long _interval;
    private readonly int _limit;
    private readonly RulePeriods _periods;
    private readonly TimesOfPeriod _times;
    private readonly int[] _setPositions;
    private readonly WorkBudget _budget;
    private readonly List<long> _walls;
    private long _remaining;
    private bool _isDone;

    private RuleWalk(
        RecurrenceRule rule, long start, bool wholeDays, long low, long high, WorkBudget budget, List<long> walls)
    {
        _start = start;
        _low = Math.Max(low, start + 1);
        _high = high;
        _interval = Math.Max(1, rule.Interval);
        _periods = RulePeriods.Of(rule, start);
        _times = new TimesOfPeriod(rule, start, wholeDays);
        _setPositions = rule.BySetPos.IsEmpty
            ? []
            : [.. rule.BySetPos.Where(p => p is not 0 and >= -366 and <= 366).Distinct()];
        _budget = budget;
        _walls = walls;
        _limit = walls.Count + RecurrenceLimits.MaxOccurrences + 1;
        _remaining = rule.Count is int count ? Math.Max(0, (long)count - 1) : long.MaxValue;
        _isDone = _high < _low || _remaining == 0 || _times.Count == 0
            || (rule.BySetPos.Length > 0 && _setPositions.Length == 0)
            || (wholeDays && rule.Frequency < RecurrenceFrequency.Daily);
    }

    /// <summary>Adds the rule's starts after <paramref name="start"/> and in the stretch, ascending.</summary>
    /// <param name="rule">The rule; its <c>UNTIL</c> is not looked at.</param>
    /// <param name="start">The first occurrence, which counts but is not added.</param>
    /// <param name="wholeDays">True when the series is of whole days: then no rule repeats within a day.</param>
    /// <param name="low">The stretch's first wall time, inclusive.</param>
    /// <param name="high">The stretch's last wall time, inclusive.</param>
    /// <param name="budget">Pays for the work; exceeded when a start may be missing for want of steps.</param>
    /// <param name="walls">Where to add: at most <see cref="RecurrenceLimits.MaxOccurrences"/> and one more.</param>
    internal static void Collect(
        RecurrenceRule rule, long start, bool wholeDays, long low, long high, WorkBudget budget, List<long> walls)
    {
        RuleWalk walk = new(rule, start, wholeDays, low, high, budget, walls);
        walk.Run(rule);
    }

    private void Run(RecurrenceRule rule)
    {
        if (_isDone)
        {
            return;
        }

        long anchor = _periods.NumberOf(_start);
        long last = _periods.NumberOf(_high);
        long number = FirstPeriod(rule, anchor, last);
        while (!_isDone && number <= last && !_budget.IsExceeded)
        {
            AddPeriod(_periods.Bases(number, _budget, out long next));
            number = AtOrAfter(anchor, next);
        }
    }

    private long FirstPeriod(RecurrenceRule rule, long anchor, long last)
    {
        long first = Math.Max(anchor, AtOrAfter(anchor, _periods.NumberOf(_low)));
        if (rule.Count is null)
        {
            return first;
        }

        long perPeriod = (long)_periods.MaxBases * _times.Count;
        perPeriod = _setPositions.Length > 0 ? Math.Min(perPeriod, _setPositions.Length) : perPeriod;
        if (_remaining / perPeriod > (last - anchor) / _interval)
        {
            _remaining = long.MaxValue;
            return first;
        }

        if (!HasOneStartInEachPeriod(rule))
        {
            return anchor;
        }

        _remaining -= Math.Max(0, ((first - anchor) / _interval) - 1);
        _isDone = _remaining <= 0;
        return first;
    }

    private static bool HasOneStartInEachPeriod(RecurrenceRule rule) =>
        rule.Frequency <= RecurrenceFrequency.Weekly
        && rule.ByMonth.IsEmpty && rule.ByMonthDay.IsEmpty && rule.ByYearDay.IsEmpty && rule.ByDay.IsEmpty
        && rule.ByHour.IsEmpty && rule.ByMinute.IsEmpty && rule.BySecond.IsEmpty && rule.BySetPos.IsEmpty;

    private readonly long AtOrAfter(long anchor, long number) =>
        anchor + (CivilDays.FloorDivide(number - anchor + _interval - 1, _interval) * _interval);

    private void AddPeriod(ReadOnlySpan<long> bases)
    {
        if (_setPositions.Length > 0)
        {
            AddPositions(bases);
            return;
        }

        foreach (long @base in bases)
        {
            if (_isDone)
            {
                return;
            }

            long end = @base + _times[_times.Count - 1];
            if (@base > _start && end < _low)
            {
                Count(_times.Count);
            }
            else if (end > _start)
            {
                AddTimes(@base);
            }
        }
    }

    private void Count(int starts)
    {
        _remaining -= _remaining == long.MaxValue ? 0 : starts;
        _isDone = _remaining <= 0;
    }

    private void AddTimes(long @base)
    {
        for (int i = 0; i < _times.Count && !_isDone; i++)
        {
            Add(@base + _times[i]);
        }
    }

    private void AddPositions(ReadOnlySpan<long> bases)
    {
        long length = (long)bases.Length * _times.Count;
        Span<long> chosen = stackalloc long[_setPositions.Length];
        int count = 0;
        foreach (int position in _setPositions)
        {
            long index = position > 0 ? position - 1 : length + position;
            if (index >= 0 && index < length)
            {
                chosen[count++] = bases[(int)(index / _times.Count)] + _times[(int)(index % _times.Count)];
            }
        }

        chosen = chosen[..count];
        chosen.Sort();
        for (int i = 0; i < count && !_isDone; i++)
        {
            // 1 and -1 name the same start of a set of one.
            if (i == 0 || chosen[i] != chosen[i - 1])
            {
                Add(chosen[i]);
            }
        }
    }

    private void Add(long wall)
    {
        if (wall > _high || !_budget.TryTake(1))
        {
            _isDone = true;
            return;
        }

        if (wall <= _start)
        {
            return;
        }

        if (wall >= _low)
        {
            _walls.Add(wall);
        }

        Count(1);
        _isDone |= _walls.Count == _limit;
    }
}

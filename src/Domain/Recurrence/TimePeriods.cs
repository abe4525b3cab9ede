using System.Numerics;
using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Hours, minutes or seconds as periods: each is one base, or none where the rule's parts exclude it.</summary>
/// <remarks>
/// What the parts exclude is left in one step: a day, or up to the next hour, minute or second listed.
/// </remarks>
internal sealed class TimePeriods : RulePeriods
{
    private readonly DayFilter _days;
    private readonly ulong? _hours;
    private readonly ulong? _minutes;
    private readonly ulong? _seconds;
    private readonly long _length;
    private readonly long[] _base = new long[1];
    private long _matchingDay = long.MinValue;

    internal TimePeriods(RecurrenceRule rule, long start)
    {
        _days = new DayFilter(rule, CivilDays.FloorDivide(start, WallSeconds.PerDay));
        (_length, _hours, _minutes, _seconds) = rule.Frequency switch
        {
            RecurrenceFrequency.Hourly => (3_600L, TimesOfPeriod.HoursOf(rule), (ulong?)null, (ulong?)null),
            RecurrenceFrequency.Minutely => (60L, TimesOfPeriod.HoursOf(rule), TimesOfPeriod.MinutesOf(rule), null),
            _ => (1L, TimesOfPeriod.HoursOf(rule), TimesOfPeriod.MinutesOf(rule), TimesOfPeriod.SecondsOf(rule)),
        };
    }

    internal override int MaxBases => 1;

    internal override long NumberOf(long wall) => CivilDays.FloorDivide(wall, _length);

    internal override ReadOnlySpan<long> Bases(long number, WorkBudget budget, out long next)
    {
        next = number + 1;
        if (!budget.TryTake(1))
        {
            return [];
        }

        long wall = number * _length;
        if (FirstAfterExcludedStretch(wall) is long later)
        {
            next = Math.Max(next, CivilDays.FloorDivide(later + _length - 1, _length));
            return [];
        }

        _base[0] = wall;
        return _base;
    }

    private long? FirstAfterExcludedStretch(long wall)
    {
        long day = CivilDays.FloorDivide(wall, WallSeconds.PerDay);
        if (day != _matchingDay)
        {
            if (!_days.Matches(day))
            {
                return (day + 1) * WallSeconds.PerDay;
            }

            _matchingDay = day;
        }

        int second = (int)(wall - (day * WallSeconds.PerDay));
        return UnitsToListed(_hours, second / 3_600, 24) is int hours ? wall - (second % 3_600) + (hours * 3_600L)
            : UnitsToListed(_minutes, second / 60 % 60, 60) is int minutes ? wall - (second % 60) + (minutes * 60L)
            : wall + UnitsToListed(_seconds, second % 60, 60);
    }

    // Null when the value is listed; else how far it is to the next that is, or to the end of what holds them.
    private static int? UnitsToListed(ulong? bits, int value, int end)
    {
        if (bits is not ulong listed || (listed & (1UL << value)) != 0)
        {
            return null;
        }

        ulong later = listed >> value;
        return later == 0 ? end - value : BitOperations.TrailingZeroCount(later);
    }
}

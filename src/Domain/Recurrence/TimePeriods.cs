using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Hours, minutes or seconds as periods: each is one base, or none where the rule's parts exclude it.</summary>
/// <remarks>An excluded day, hour or minute is left in one step, not second by second.</remarks>
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
        return Excludes(_hours, second / 3_600) ? wall - (second % 3_600) + 3_600
            : Excludes(_minutes, second / 60 % 60) ? wall - (second % 60) + 60
            : Excludes(_seconds, second % 60) ? wall + 1
            : null;
    }

    private static bool Excludes(ulong? bits, int value) => bits is ulong listed && (listed & (1UL << value)) == 0;
}

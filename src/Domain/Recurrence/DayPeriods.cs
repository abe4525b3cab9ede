using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Days, weeks, months or years as periods: their bases are midnights of the days that the rule allows.</summary>
/// <remarks>
/// With <c>BYWEEKNO</c> a year is its week-year: week 1 of 2026 belongs to 2026 though it starts in December 2025
/// (RFC 5545 leaves open which interval such days count to).
/// </remarks>
internal sealed class DayPeriods : RulePeriods
{
    // A week-year may reach a week beyond the 366 days.
    private const int MaxDaysInYear = 371;

    private readonly RecurrenceFrequency _frequency;
    private readonly DayFilter _days;
    private readonly SignedBits? _weekNumbers;
    private readonly int _weekStart;
    private readonly long[] _bases;
    private int _count;

    internal DayPeriods(RecurrenceRule rule, long start)
    {
        _frequency = rule.Frequency;
        _days = new DayFilter(rule, CivilDays.FloorDivide(start, WallSeconds.PerDay));
        _weekNumbers = rule.Frequency == RecurrenceFrequency.Yearly ? SignedBits.Of(rule.ByWeekNo) : null;
        _weekStart = rule.WeekStart is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday ? (int)rule.WeekStart : 1;
        MaxBases = rule.Frequency switch
        {
            RecurrenceFrequency.Daily => 1,
            RecurrenceFrequency.Weekly => 7,
            RecurrenceFrequency.Monthly => 31,
            _ => MaxDaysInYear,
        };
        _bases = new long[MaxBases];
    }

    internal override int MaxBases { get; }

    internal override long NumberOf(long wall)
    {
        long day = CivilDays.FloorDivide(wall, WallSeconds.PerDay);
        switch (_frequency)
        {
            case RecurrenceFrequency.Daily:
                return day;
            case RecurrenceFrequency.Weekly:
                return CivilDays.FloorDivide(day - FirstDayOfWeekZero, 7);
            case RecurrenceFrequency.Monthly:
                (long yearOfMonth, int month, _) = CivilDays.ToDate(day);
                return (yearOfMonth * 12) + month - 1;
            default:
                (long year, _, _) = CivilDays.ToDate(day);
                return _weekNumbers is null ? year
                    : day >= FirstDayOfWeekYear(year + 1) ? year + 1
                    : day < FirstDayOfWeekYear(year) ? year - 1
                    : year;
        }
    }

    internal override ReadOnlySpan<long> Bases(long number, WorkBudget budget, out long next)
    {
        next = number + 1;
        _count = 0;
        switch (_frequency)
        {
            case RecurrenceFrequency.Daily:
                AddDays(number, number, budget);
                break;
            case RecurrenceFrequency.Weekly:
                long monday = (number * 7) + FirstDayOfWeekZero;
                AddDays(monday, monday + 6, budget);
                break;
            case RecurrenceFrequency.Monthly:
                AddMonth(CivilDays.FloorDivide(number, 12), (int)CivilDays.FloorModulo(number, 12) + 1, budget);
                break;
            default:
                AddYear(number, budget);
                break;
        }

        return budget.IsExceeded ? [] : _bases.AsSpan(0, _count);
    }

    // Day 0, 1970-01-01, is a Thursday.
    private long FirstDayOfWeekZero => _weekStart - (int)IsoDayOfWeek.Thursday;

    // The first week is the first with at least four days in the year (RFC 5545 section 3.3.10, BYWEEKNO).
    private long FirstDayOfWeekYear(long year)
    {
        long fourth = CivilDays.FromDate(year, 1, 4);
        return fourth - CivilDays.FloorModulo(CivilDays.Weekday(fourth) - _weekStart, 7);
    }

    private void AddYear(long year, WorkBudget budget)
    {
        if (_weekNumbers is null)
        {
            for (int month = 1; month <= 12; month++)
            {
                AddMonth(year, month, budget);
            }

            return;
        }

        long first = FirstDayOfWeekYear(year);
        int weeks = (int)((FirstDayOfWeekYear(year + 1) - first) / 7);
        for (int week = 1; week <= weeks; week++)
        {
            if (_weekNumbers.Contains(week, weeks))
            {
                AddDays(first + ((week - 1) * 7), first + (week * 7) - 1, budget);
            }
        }

        budget.TryTake(weeks);
    }

    private void AddMonth(long year, int month, WorkBudget budget)
    {
        if (!_days.MatchesMonth(month))
        {
            budget.TryTake(1);
            return;
        }

        int length = CivilDays.DaysInMonth(year, month);
        long first = CivilDays.FromDate(year, month, 1);
        budget.TryTake(length);
        for (int day = 1; day <= length; day++)
        {
            if (_days.MatchesInMonth(year, month, day, first + day - 1))
            {
                _bases[_count++] = (first + day - 1) * WallSeconds.PerDay;
            }
        }
    }

    private void AddDays(long first, long last, WorkBudget budget)
    {
        budget.TryTake((int)(last - first + 1));
        for (long day = first; day <= last; day++)
        {
            if (_days.Matches(day))
            {
                _bases[_count++] = day * WallSeconds.PerDay;
            }
        }
    }
}

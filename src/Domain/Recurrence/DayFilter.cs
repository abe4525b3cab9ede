using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Which days a rule allows: all its parts about days but <c>BYWEEKNO</c>, as one test of a day.</summary>
/// <remarks>
/// In RFC 5545's table (section 3.3.10) a part expands a period or limits it. Walking every day of the period and
/// testing it does both, once the parts that the rule leaves to the start are filled in from it. Where a part is not
/// allowed at all, <c>BYMONTHDAY</c> and <c>BYYEARDAY</c> still limit, and an ordinal in <c>BYDAY</c> is ignored.
/// </remarks>
internal sealed class DayFilter
{
    private readonly uint? _months;
    private readonly SignedBits? _monthDays;
    private readonly SignedBits? _yearDays;
    private readonly SignedBits?[]? _ordinals;
    private readonly bool _ordinalsCountInYear;
    private readonly uint? _weekdays;

    internal DayFilter(RecurrenceRule rule, long startDay)
    {
        (_, int startMonth, int startDayOfMonth) = CivilDays.ToDate(startDay);
        bool hasWeeks = rule.Frequency == RecurrenceFrequency.Yearly && !rule.ByWeekNo.IsEmpty;
        bool saysWhichDays = !rule.ByDay.IsEmpty || !rule.ByMonthDay.IsEmpty || !rule.ByYearDay.IsEmpty;

        _months = MonthsOf(rule);
        _monthDays = SignedBits.Of(rule.ByMonthDay);
        _yearDays = SignedBits.Of(rule.ByYearDay);
        if (!rule.ByDay.IsEmpty)
        {
            _ordinalsCountInYear = rule.Frequency == RecurrenceFrequency.Yearly && rule.ByMonth.IsEmpty;
            bool ordinalsCount = _ordinalsCountInYear || rule.Frequency >= RecurrenceFrequency.Monthly;
            (_weekdays, _ordinals) = WeekdaysOf(rule, ordinalsCount && !hasWeeks);
        }

        if (saysWhichDays)
        {
            return;
        }

        if (hasWeeks || rule.Frequency == RecurrenceFrequency.Weekly)
        {
            _weekdays = 1u << CivilDays.Weekday(startDay);
        }
        else if (rule.Frequency >= RecurrenceFrequency.Monthly)
        {
            _monthDays = SignedBits.Of([startDayOfMonth]);
            _months ??= rule.Frequency == RecurrenceFrequency.Yearly ? 1u << startMonth : null;
        }
    }

    internal bool MatchesMonth(int month) => _months is not uint months || (months & (1u << month)) != 0;

    internal bool Matches(long dayNumber)
    {
        (long year, int month, int day) = CivilDays.ToDate(dayNumber);
        return MatchesMonth(month) && MatchesInMonth(year, month, day, dayNumber);
    }

    /// <summary>The rest of <see cref="Matches"/> for a day whose month is known to match.</summary>
    internal bool MatchesInMonth(long year, int month, int day, long dayNumber)
    {
        if (_monthDays is not null && !_monthDays.Contains(day, CivilDays.DaysInMonth(year, month)))
        {
            return false;
        }

        if (_yearDays is not null && !_yearDays.Contains(DayOfYear(year, dayNumber), CivilDays.DaysInYear(year)))
        {
            return false;
        }

        return _weekdays is not uint weekdays || MatchesWeekday(weekdays, year, month, day, dayNumber);
    }

    private static int DayOfYear(long year, long dayNumber) => (int)(dayNumber - CivilDays.FromDate(year, 1, 1)) + 1;

    private bool MatchesWeekday(uint weekdays, long year, int month, int day, long dayNumber)
    {
        int weekday = CivilDays.Weekday(dayNumber);
        if ((weekdays & (1u << weekday)) != 0)
        {
            return true;
        }

        if (_ordinals?[weekday] is not SignedBits ordinals)
        {
            return false;
        }

        int position = _ordinalsCountInYear ? DayOfYear(year, dayNumber) : day;
        int length = _ordinalsCountInYear ? CivilDays.DaysInYear(year) : CivilDays.DaysInMonth(year, month);
        int fromFront = ((position - 1) / 7) + 1;
        int fromBack = ((length - position) / 7) + 1;
        return ordinals.Contains(fromFront, fromFront + fromBack - 1);
    }

    private static uint? MonthsOf(RecurrenceRule rule)
    {
        if (rule.ByMonth.IsEmpty)
        {
            return null;
        }

        uint months = 0;
        foreach (int month in rule.ByMonth)
        {
            months |= month is >= 1 and <= 12 ? 1u << month : 0;
        }

        return months;
    }

    private static (uint EveryOne, SignedBits?[]? Ordinals) WeekdaysOf(RecurrenceRule rule, bool ordinalsCount)
    {
        uint everyOne = 0;
        SignedBits?[]? ordinals = null;
        foreach (WeekdayInPeriod weekday in rule.ByDay)
        {
            if (weekday.Day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday)
            {
                continue;
            }

            if (ordinalsCount && weekday.Ordinal is int ordinal && ordinal != 0)
            {
                ordinals ??= new SignedBits?[8];
                (ordinals[(int)weekday.Day] ??= new SignedBits()).Add(ordinal);
            }
            else
            {
                everyOne |= 1u << (int)weekday.Day;
            }
        }

        return (everyOne, ordinals);
    }
}

using CalendarActors.Domain.Recurrence;
using NodaTime;
using NodaTime.Calendars;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>
/// The oracle's half about rules: looks at every day, and within it at every hour, minute and second that could count,
/// asks each part of the rule in turn, and only then forms periods, positions and counts.
/// </summary>
/// <remarks>Shares nothing with the product but the model types: its calendar is NodaTime's.</remarks>
internal static class NaiveRule
{
    /// <summary>All walls that the rule gives after the start and up to the end of a day, UNTIL left aside.</summary>
    internal static List<LocalDateTime> Walls(RecurrenceRule rule, LocalDateTime start, bool wholeDays, LocalDate last)
    {
        if (wholeDays && rule.Frequency < RecurrenceFrequency.Daily)
        {
            return [];
        }

        // The first period may begin a year before the start, and the last end a year after the day asked for.
        SortedDictionary<long, List<LocalDateTime>> periods = [];
        LocalTime[] times = Times(rule, start, wholeDays);
        int margin = rule.Frequency >= RecurrenceFrequency.Daily && !rule.BySetPos.IsEmpty ? 380 : 0;
        LocalDate first = start.Date.PlusDays(-margin);
        last = last.PlusDays(margin);
        long origin = PeriodOf(rule, start);
        for (LocalDate day = first; day <= last; day = day.PlusDays(1))
        {
            if (!IsAllowed(rule, start, day))
            {
                continue;
            }

            foreach (LocalTime time in times)
            {
                long distance = PeriodOf(rule, day + time) - origin;
                if (distance >= 0 && distance % Math.Max(1, rule.Interval) == 0)
                {
                    if (!periods.TryGetValue(distance, out List<LocalDateTime>? period))
                    {
                        periods[distance] = period = [];
                    }

                    period.Add(day + time);
                }
            }
        }

        IEnumerable<LocalDateTime> walls = periods.Values.SelectMany(p => AtPositions(rule, p)).Where(w => w > start);
        return [.. rule.Count is int count ? walls.Take(Math.Max(0, count - 1)) : walls];
    }

    private static IEnumerable<LocalDateTime> AtPositions(RecurrenceRule rule, List<LocalDateTime> period)
    {
        period.Sort();
        return rule.BySetPos.IsEmpty
            ? period
            : period.Where((_, i) => rule.BySetPos.Contains(i + 1) || rule.BySetPos.Contains(i - period.Count));
    }

    private static long PeriodOf(RecurrenceRule rule, LocalDateTime wall)
    {
        long seconds = wall.InUtc().ToInstant().ToUnixTimeSeconds();
        return rule.Frequency switch
        {
            RecurrenceFrequency.Secondly => seconds,
            RecurrenceFrequency.Minutely => (seconds - wall.Second) / 60,
            RecurrenceFrequency.Hourly => (seconds - (wall.Minute * 60) - wall.Second) / 3_600,
            RecurrenceFrequency.Daily => Period.DaysBetween(new LocalDate(1900, 1, 1), wall.Date),
            RecurrenceFrequency.Weekly => Period.DaysBetween(
                new LocalDate(1900, 1, 1).Previous(rule.WeekStart), wall.Date) / 7,
            RecurrenceFrequency.Monthly => (wall.Year * 12) + wall.Month,
            _ => rule.ByWeekNo.IsEmpty ? wall.Year : Weeks(rule).GetWeekYear(wall.Date),
        };
    }

    private static bool IsAllowed(RecurrenceRule rule, LocalDateTime start, LocalDate day)
    {
        bool isYearly = rule.Frequency == RecurrenceFrequency.Yearly;
        bool hasWeeks = isYearly && !rule.ByWeekNo.IsEmpty;
        bool saysDay = !rule.ByDay.IsEmpty || !rule.ByMonthDay.IsEmpty || !rule.ByYearDay.IsEmpty;
        if (!saysDay)
        {
            if (hasWeeks || rule.Frequency == RecurrenceFrequency.Weekly)
            {
                if (day.DayOfWeek != start.DayOfWeek)
                {
                    return false;
                }
            }
            else if (rule.Frequency is RecurrenceFrequency.Monthly or RecurrenceFrequency.Yearly)
            {
                bool isMonth = !isYearly || !rule.ByMonth.IsEmpty || day.Month == start.Month;
                if (!isMonth || day.Day != start.Day)
                {
                    return false;
                }
            }
        }

        int monthLength = CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month);
        int yearLength = CalendarSystem.Iso.GetDaysInYear(day.Year);
        return Allows(rule.ByMonth, day.Month)
            && Allows(rule.ByMonthDay, day.Day, day.Day - monthLength - 1)
            && Allows(rule.ByYearDay, day.DayOfYear, day.DayOfYear - yearLength - 1)
            && (!hasWeeks || AllowsWeek(rule, day))
            && (rule.ByDay.IsEmpty || rule.ByDay.Any(d => IsWeekday(rule, d, day)));
    }

    private static bool Allows(IReadOnlyCollection<int> values, params int[] names) =>
        values.Count == 0 || names.Any(values.Contains);

    private static bool AllowsWeek(RecurrenceRule rule, LocalDate day)
    {
        IWeekYearRule weeks = Weeks(rule);
        int week = weeks.GetWeekOfWeekYear(day);
        return Allows(rule.ByWeekNo, week, week - weeks.GetWeeksInWeekYear(weeks.GetWeekYear(day)) - 1);
    }

    // Lists all such weekdays of the month or year and looks at which place this one stands.
    private static bool IsWeekday(RecurrenceRule rule, WeekdayInPeriod weekday, LocalDate day)
    {
        if (day.DayOfWeek != weekday.Day)
        {
            return false;
        }

        bool inYear = rule.Frequency == RecurrenceFrequency.Yearly && rule.ByMonth.IsEmpty;
        bool ordinalCounts = rule.Frequency >= RecurrenceFrequency.Monthly
            && (rule.Frequency != RecurrenceFrequency.Yearly || rule.ByWeekNo.IsEmpty);
        if (weekday.Ordinal is not int ordinal || ordinal == 0 || !ordinalCounts)
        {
            return true;
        }

        List<LocalDate> same = [];
        LocalDate first = inYear ? new LocalDate(day.Year, 1, 1) : new LocalDate(day.Year, day.Month, 1);
        LocalDate end = inYear ? first.PlusYears(1) : first.PlusMonths(1);
        for (LocalDate d = first; d < end; d = d.PlusDays(1))
        {
            if (d.DayOfWeek == weekday.Day)
            {
                same.Add(d);
            }
        }

        int index = ordinal > 0 ? ordinal - 1 : same.Count + ordinal;
        return index >= 0 && index < same.Count && same[index] == day;
    }

    private static LocalTime[] Times(RecurrenceRule rule, LocalDateTime start, bool wholeDays)
    {
        if (wholeDays)
        {
            return [LocalTime.Midnight];
        }

        List<LocalTime> times = [];
        foreach (int hour in Listed([.. rule.ByHour], start.Hour, rule.Frequency < RecurrenceFrequency.Daily, 24))
        {
            foreach (int minute in Listed([.. rule.ByMinute], start.Minute, rule.Frequency < RecurrenceFrequency.Hourly, 60))
            {
                IEnumerable<int> bySecond = rule.BySecond.Select(s => s == 60 ? 59 : s);
                foreach (int second in Listed(
                    [.. bySecond], start.Second, rule.Frequency < RecurrenceFrequency.Minutely, 60))
                {
                    times.Add(new LocalTime(hour, minute, second));
                }
            }
        }

        return [.. times];
    }

    private static IEnumerable<int> Listed(int[] values, int ofStart, bool every, int end) =>
        values.Length > 0 ? values.Where(v => v >= 0 && v < end).Distinct().Order()
        : every ? Enumerable.Range(0, end)
        : [ofStart];

    private static IWeekYearRule Weeks(RecurrenceRule rule) =>
        WeekYearRules.ForMinDaysInFirstWeek(4, rule.WeekStart);
}

using Microsoft.Graph.Models;
using NodaTime;

namespace CalendarActors.Providers.Tests.Microsoft;

/// <summary>The days of a recurrence as Outlook shows them, found by asking each day whether it is one.</summary>
internal static class NaivePattern
{
    public static List<LocalDate> Days(PatternedRecurrence recurrence, Interval window)
    {
        RecurrenceRange range = recurrence.Range!;
        LocalDate start = new(range.StartDate!.Value.Year, range.StartDate.Value.Month, range.StartDate.Value.Day);
        LocalDate last = window.End.InUtc().Date.PlusDays(-1);
        if (range is { Type: RecurrenceRangeType.EndDate, EndDate: { } end })
        {
            last = LocalDate.Min(last, new LocalDate(end.Year, end.Month, end.Day));
        }

        List<LocalDate> days = [];
        for (LocalDate day = start; day <= last; day = day.PlusDays(1))
        {
            if (IsOne(recurrence.Pattern!, start, day))
            {
                days.Add(day);
                if (range.Type == RecurrenceRangeType.Numbered && days.Count == range.NumberOfOccurrences)
                {
                    break;
                }
            }
        }

        return days;
    }

    /// <summary>The first day of the pattern on or after a day, interval aside.</summary>
    public static LocalDate FirstDay(RecurrencePattern pattern, LocalDate from)
    {
        LocalDate day = from;
        while (!IsOne(pattern, day, day))
        {
            day = day.PlusDays(1);
        }

        return day;
    }

    private static bool IsOne(RecurrencePattern pattern, LocalDate start, LocalDate day)
    {
        int interval = pattern.Interval!.Value;
        int months = ((day.Year - start.Year) * 12) + day.Month - start.Month;
        return pattern.Type switch
        {
            RecurrencePatternType.Daily => Period.DaysBetween(start, day) % interval == 0,
            RecurrencePatternType.Weekly =>
                Has(pattern, day) && Period.DaysBetween(WeekOf(pattern, start), WeekOf(pattern, day)) / 7 % interval == 0,
            RecurrencePatternType.AbsoluteMonthly => months % interval == 0 && IsDayOfMonth(pattern, day),
            RecurrencePatternType.RelativeMonthly => months % interval == 0 && IsIndex(pattern, day),
            RecurrencePatternType.AbsoluteYearly =>
                day.Month == pattern.Month && (day.Year - start.Year) % interval == 0 && IsDayOfMonth(pattern, day),
            _ => day.Month == pattern.Month && (day.Year - start.Year) % interval == 0 && IsIndex(pattern, day),
        };
    }

    private static LocalDate WeekOf(RecurrencePattern pattern, LocalDate day)
    {
        while ((int)day.DayOfWeek % 7 != (int)pattern.FirstDayOfWeek!.Value)
        {
            day = day.PlusDays(-1);
        }

        return day;
    }

    private static bool Has(RecurrencePattern pattern, LocalDate day) =>
        pattern.DaysOfWeek!.Contains((DayOfWeekObject)((int)day.DayOfWeek % 7));

    private static bool IsDayOfMonth(RecurrencePattern pattern, LocalDate day) =>
        day.Day == Math.Min(pattern.DayOfMonth!.Value, day.Calendar.GetDaysInMonth(day.Year, day.Month));

    private static bool IsIndex(RecurrencePattern pattern, LocalDate day)
    {
        if (!Has(pattern, day))
        {
            return false;
        }

        int length = day.Calendar.GetDaysInMonth(day.Year, day.Month);
        return pattern.Index == WeekIndex.Last
            ? Enumerable.Range(1, length - day.Day).All(d => !Has(pattern, day.PlusDays(d)))
            : Enumerable.Range(1, day.Day - 1).Count(d => Has(pattern, day.PlusDays(-d))) == (int)pattern.Index!.Value;
    }
}

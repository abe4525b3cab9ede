using System.Collections.Immutable;
using CalendarActors.Domain.Recurrence;
using Microsoft.Graph.Models;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Which of Graph's six patterns a rule is, if any.</summary>
/// <remarks>A reason completes "Microsoft calendars cannot have …".</remarks>
internal static class GraphPatterns
{
    private const string Start = "a series whose start is not one of its own days";
    private const string Clamped =
        "a series on a day that some months lack: there such an occurrence moves to the month's last day";

    private static readonly IsoDayOfWeek[] Workdays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly IsoDayOfWeek[] Weekend = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

    /// <summary>The pattern, without its interval; or why there is none.</summary>
    public static (RecurrencePattern? Pattern, string? Refusal) Write(RecurrenceRule rule, LocalDate start)
    {
        if (!rule.BySecond.IsEmpty || !rule.ByMinute.IsEmpty || !rule.ByHour.IsEmpty)
        {
            return (null, "a series with several times on a day");
        }

        if (!rule.ByYearDay.IsEmpty || !rule.ByWeekNo.IsEmpty)
        {
            return (null, "a series by days or weeks of the year");
        }

        if (rule.ByMonth.Length > 1 || (!rule.ByMonth.IsEmpty && rule.Frequency != RecurrenceFrequency.Yearly))
        {
            return (null, "a series in several months of the year only");
        }

        return rule.Frequency switch
        {
            RecurrenceFrequency.Daily => Daily(rule, start),
            RecurrenceFrequency.Weekly => Weekly(rule, start),
            RecurrenceFrequency.Monthly => Monthly(rule, start, month: null),
            RecurrenceFrequency.Yearly => Yearly(rule, start),
            _ => (null, "a series of less than a day"),
        };
    }

    /// <summary>The days of a pattern, Monday first.</summary>
    public static ImmutableArray<IsoDayOfWeek> DaysOf(RecurrencePattern pattern) =>
        [.. (pattern.DaysOfWeek ?? []).OfType<DayOfWeekObject>().Select(Iso).Distinct().Order()];

    public static IsoDayOfWeek Iso(DayOfWeekObject day) =>
        day == DayOfWeekObject.Sunday ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)(int)day;

    public static int OrdinalOf(WeekIndex index) => index == WeekIndex.Last ? -1 : (int)index + 1;

    /// <summary>Days of the shortest month that a rule meets.</summary>
    public static int ShortestMonth(int? month) => CalendarSystem.Iso.GetDaysInMonth(2027, month ?? 2);

    /// <summary>Days of the longest one.</summary>
    public static int LongestMonth(int? month) => CalendarSystem.Iso.GetDaysInMonth(2028, month ?? 1);

    private static (RecurrencePattern? Pattern, string? Refusal) Daily(RecurrenceRule rule, LocalDate start)
    {
        if (!rule.ByMonthDay.IsEmpty || !rule.BySetPos.IsEmpty)
        {
            return (null, "a daily series with further conditions");
        }

        return rule.ByDay.IsEmpty ? (new RecurrencePattern { Type = RecurrencePatternType.Daily }, null)
            : rule.Interval == 1 ? Weekly(rule, start)
            : (null, "a daily series with an interval and weekdays");
    }

    private static (RecurrencePattern? Pattern, string? Refusal) Weekly(RecurrenceRule rule, LocalDate start)
    {
        if (!rule.ByMonthDay.IsEmpty || !rule.BySetPos.IsEmpty || rule.ByDay.Any(d => d.Ordinal is not null))
        {
            return (null, "a weekly series with further conditions");
        }

        IsoDayOfWeek[] days = rule.ByDay.IsEmpty ? [start.DayOfWeek] : [.. rule.ByDay.Select(d => d.Day).Distinct().Order()];
        return !days.Contains(start.DayOfWeek) ? (null, Start) : (new RecurrencePattern
        {
            Type = RecurrencePatternType.Weekly,
            DaysOfWeek = [.. days.Select(d => (DayOfWeekObject?)Graph(d))],
            FirstDayOfWeek = Graph(rule.WeekStart),
        }, null);
    }

    // Without a month in it the rule means the start's own, but only when it names no day either.
    private static (RecurrencePattern? Pattern, string? Refusal) Yearly(RecurrenceRule rule, LocalDate start)
    {
        int month = rule.ByMonth.IsEmpty ? start.Month : rule.ByMonth[0];
        bool isWholeYear = rule.ByMonth.IsEmpty && (!rule.ByMonthDay.IsEmpty || !rule.ByDay.IsEmpty);
        return isWholeYear ? (null, "a yearly series by days of no month")
            : month != start.Month ? (null, Start)
            : Monthly(rule, start, month);
    }

    private static (RecurrencePattern? Pattern, string? Refusal) Monthly(RecurrenceRule rule, LocalDate start, int? month) =>
        rule.ByDay.IsEmpty ? Absolute(rule, start, month)
            : rule.ByMonthDay.IsEmpty ? Relative(rule, start, month)
            : (null, "a series by weekday and day of the month at once");

    private static (RecurrencePattern? Pattern, string? Refusal) Absolute(RecurrenceRule rule, LocalDate start, int? month)
    {
        int shortest = ShortestMonth(month);
        int[] days = rule.ByMonthDay.IsEmpty ? [start.Day] : [.. rule.ByMonthDay.Distinct().Order()];
        bool isLastOf = rule.BySetPos is [-1] && days.Length > 1 && days[0] == shortest
            && days.SequenceEqual(Enumerable.Range(shortest, days.Length));
        if (!isLastOf && (days.Length > 1 || !rule.BySetPos.IsEmpty))
        {
            return (null, "a series on several days of the month");
        }

        if (days[0] < -1)
        {
            return (null, "a series counted from the month's end");
        }

        if (!isLastOf && days[0] > shortest)
        {
            return (null, Clamped);
        }

        int day = days[0] == -1 ? 31 : days[^1];
        if (start.Day != Math.Min(day, CalendarSystem.Iso.GetDaysInMonth(start.Year, start.Month)))
        {
            return (null, Start);
        }

        return (new RecurrencePattern
        {
            Type = month is null ? RecurrencePatternType.AbsoluteMonthly : RecurrencePatternType.AbsoluteYearly,
            DayOfMonth = day,
            Month = month,
        }, null);
    }

    private static (RecurrencePattern? Pattern, string? Refusal) Relative(RecurrenceRule rule, LocalDate start, int? month)
    {
        IsoDayOfWeek[] days = [.. rule.ByDay.Select(d => d.Day).Distinct().Order()];
        int? ordinal = (rule.ByDay, rule.BySetPos) switch
        {
            ([{ Ordinal: { } own }], []) => own,
            (_, [var position]) when rule.ByDay.All(d => d.Ordinal is null) => position,
            _ => null,
        };
        if (ordinal is not (-1 or 1 or 2 or 3 or 4))
        {
            return (null, "a series on other than the first to fourth or last such day of the month");
        }

        if (days.Length is not (1 or 7) && !days.SequenceEqual(Workdays) && !days.SequenceEqual(Weekend))
        {
            return (null, "a series on the first of several weekdays");
        }

        return !IsNth(start, days, ordinal.Value) ? (null, Start) : (new RecurrencePattern
        {
            Type = month is null ? RecurrencePatternType.RelativeMonthly : RecurrencePatternType.RelativeYearly,
            DaysOfWeek = [.. days.Select(d => (DayOfWeekObject?)Graph(d))],
            Index = ordinal == -1 ? WeekIndex.Last : (WeekIndex)(ordinal.Value - 1),
            Month = month,
        }, null);
    }

    private static bool IsNth(LocalDate day, IsoDayOfWeek[] days, int ordinal)
    {
        int length = CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month);
        LocalDate[] candidates =
        [
            .. Enumerable.Range(1, length).Select(d => new LocalDate(day.Year, day.Month, d)).Where(d => days.Contains(d.DayOfWeek)),
        ];
        return (ordinal < 0 ? candidates[^1] : candidates.ElementAtOrDefault(ordinal - 1)) == day;
    }

    private static DayOfWeekObject Graph(IsoDayOfWeek day) => day == IsoDayOfWeek.Sunday ? DayOfWeekObject.Sunday : (DayOfWeekObject)(int)day;
}

using System.Collections.Immutable;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Graph's patterns and ranges to rules and back.</summary>
/// <remarks>
/// Source: Microsoft Graph, "recurrencePattern" and "recurrenceRange"; for days that a month lacks [MS-OXOCAL] section
/// 2.2.1.44.1: the occurrence moves to the month's last day, where RFC 5545 leaves it out.
/// </remarks>
internal static class GraphRecurrence
{
    /// <summary>Reads a recurrence; null for one that nobody knows.</summary>
    public static RecurrenceRule? Read(PatternedRecurrence recurrence)
    {
        if (recurrence is not { Pattern: { } pattern, Range: { } range }
            || ReadPattern(pattern) is not { } rule)
        {
            return null;
        }

        rule = rule with { Interval = Math.Max(1, pattern.Interval ?? 1) };
        return range switch
        {
            { Type: RecurrenceRangeType.NoEnd } => rule,
            { Type: RecurrenceRangeType.Numbered, NumberOfOccurrences: { } count and > 0 } => rule with { Count = count },
            { Type: RecurrenceRangeType.EndDate, EndDate: { } last } => rule with
            {
                Until = CalendarTime.OnDate(new LocalDate(last.Year, last.Month, last.Day)),
            },
            _ => null,
        };
    }

    /// <summary>Writes a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">The series' first start.</param>
    /// <returns>The recurrence; or why Graph cannot have it.</returns>
    public static (PatternedRecurrence? Recurrence, string? Refusal) Write(RecurrenceRule rule, CalendarTime start)
    {
        (RecurrencePattern? pattern, string? refusal) = GraphPatterns.Write(rule, start.Local.Date);
        if (pattern is null)
        {
            return (null, refusal);
        }

        pattern.Interval = rule.Interval;
        LocalDate first = start.Local.Date;
        var range = new RecurrenceRange
        {
            StartDate = DateOf(first),
            RecurrenceTimeZone = GraphTimes.ZoneName(start),
            Type = RecurrenceRangeType.NoEnd,
        };
        if (rule.Count is { } count)
        {
            range.Type = RecurrenceRangeType.Numbered;
            range.NumberOfOccurrences = count;
        }
        else if (rule.Until is { } until)
        {
            LocalDate last = LastDay(until, start);
            if (last < first)
            {
                return (null, "a series that ends before it starts");
            }

            range.Type = RecurrenceRangeType.EndDate;
            range.EndDate = DateOf(last);
        }

        return (new PatternedRecurrence { Pattern = pattern, Range = range }, null);
    }

    // The last day on which an occurrence may start, on the series' wall.
    private static LocalDate LastDay(CalendarTime until, CalendarTime start)
    {
        if (until.IsDate || start.IsDate)
        {
            return until.Local.Date;
        }

        LocalDateTime wall = until.Kind == TimeKind.Floating
            ? until.Local
            : until.ToInstant(DateTimeZone.Utc).InZone(start.ZoneOr(DateTimeZone.Utc)).LocalDateTime;
        return wall.TimeOfDay < start.Local.TimeOfDay ? wall.Date.PlusDays(-1) : wall.Date;
    }

    private static Date DateOf(LocalDate day) => new(day.Year, day.Month, day.Day);

    private static RecurrenceRule? ReadPattern(RecurrencePattern pattern)
    {
        ImmutableArray<IsoDayOfWeek> days = GraphPatterns.DaysOf(pattern);
        return pattern.Type switch
        {
            RecurrencePatternType.Daily => new RecurrenceRule { Frequency = RecurrenceFrequency.Daily },
            RecurrencePatternType.Weekly when !days.IsEmpty => new RecurrenceRule
            {
                Frequency = RecurrenceFrequency.Weekly,
                ByDay = [.. days.Select(d => new WeekdayInPeriod(d, null))],
                WeekStart = GraphPatterns.Iso(pattern.FirstDayOfWeek ?? DayOfWeekObject.Sunday),
            },
            RecurrencePatternType.AbsoluteMonthly when pattern.DayOfMonth is >= 1 and <= 31 =>
                ReadDay(RecurrenceFrequency.Monthly, pattern.DayOfMonth.Value, month: null),
            RecurrencePatternType.AbsoluteYearly when pattern is { DayOfMonth: >= 1 and <= 31, Month: >= 1 and <= 12 } =>
                ReadDay(RecurrenceFrequency.Yearly, pattern.DayOfMonth.Value, pattern.Month),
            RecurrencePatternType.RelativeMonthly when !days.IsEmpty =>
                ReadIndex(RecurrenceFrequency.Monthly, days, pattern.Index, month: null),
            RecurrencePatternType.RelativeYearly when !days.IsEmpty && pattern.Month is >= 1 and <= 12 =>
                ReadIndex(RecurrenceFrequency.Yearly, days, pattern.Index, pattern.Month),
            _ => null,
        };
    }

    private static RecurrenceRule ReadDay(RecurrenceFrequency frequency, int day, int? month)
    {
        RecurrenceRule rule = new() { Frequency = frequency, ByMonth = month is { } m ? [m] : [] };
        int shortest = GraphPatterns.ShortestMonth(month);
        return day <= shortest ? rule with { ByMonthDay = [day] }
            : day >= GraphPatterns.LongestMonth(month) ? rule with { ByMonthDay = [-1] }
            : rule with { ByMonthDay = [.. Enumerable.Range(shortest, day - shortest + 1)], BySetPos = [-1] };
    }

    private static RecurrenceRule ReadIndex(
        RecurrenceFrequency frequency, ImmutableArray<IsoDayOfWeek> days, WeekIndex? index, int? month)
    {
        int ordinal = GraphPatterns.OrdinalOf(index ?? WeekIndex.First);
        RecurrenceRule rule = new() { Frequency = frequency, ByMonth = month is { } m ? [m] : [] };
        return days.Length == 1
            ? rule with { ByDay = [new WeekdayInPeriod(days[0], ordinal)] }
            : rule with { ByDay = [.. days.Select(d => new WeekdayInPeriod(d, null))], BySetPos = [ordinal] };
    }
}

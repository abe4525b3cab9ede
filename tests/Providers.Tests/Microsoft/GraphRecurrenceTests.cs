using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.ICalendar;
using CalendarActors.Providers.Microsoft;
using CsCheck;
using Microsoft.Graph.Models;
using NodaTime;

namespace CalendarActors.Providers.Tests.Microsoft;

public sealed class GraphRecurrenceTests
{
    private static readonly Interval Years = new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2034, 1, 1, 0, 0));

    private static readonly DayOfWeekObject[] Week = Enum.GetValues<DayOfWeekObject>();

    [Fact]
    public void Rule_WhenWrittenAndReadBack_GivesTheSameDays() => RulesThatFit().Sample(
        pair =>
        {
            (PatternedRecurrence? recurrence, string? refusal) = GraphRecurrence.Write(pair.Rule, pair.Start);
            Assert.Null(refusal);
            RecurrenceRule? read = GraphRecurrence.Read(recurrence!);

            Assert.Equal(Days(pair.Rule, pair.Start), Days(read!, pair.Start));
        },
        iter: 2_000);

    [Fact]
    public void Pattern_WhenReadAsARule_GivesTheDaysThatOutlookShows() => Patterns().Sample(
        pair =>
        {
            RecurrenceRule rule = GraphRecurrence.Read(pair.Recurrence)!;

            Assert.Equal(NaivePattern.Days(pair.Recurrence, Years).Where(d => d.Year < 2033), Days(rule, pair.Start).Where(d => d.Year < 2033));
        },
        iter: 2_000);

    [Fact]
    public void Pattern_WhenReadAndWrittenBack_IsTheSame() => Patterns().Sample(
        pair =>
        {
            RecurrenceRule rule = GraphRecurrence.Read(pair.Recurrence)!;

            (PatternedRecurrence? written, string? refusal) = GraphRecurrence.Write(rule, pair.Start);

            Assert.Null(refusal);
            Assert.Equal(pair.Recurrence.Pattern!.Type, written!.Pattern!.Type);
            Assert.Equal(rule, GraphRecurrence.Read(written));
        },
        iter: 2_000);

    [Fact]
    public void Until_WhenItFallsBeforeTheTimeOfDay_EndsOnTheDayBefore()
    {
        CalendarTime start = CalendarTime.InZone(new LocalDateTime(2027, 3, 1, 9, 0), "America/New_York");
        RecurrenceRule early = Daily with { Until = CalendarTime.Utc(Instant.FromUtc(2027, 3, 5, 13, 59)) };
        RecurrenceRule late = Daily with { Until = CalendarTime.Utc(Instant.FromUtc(2027, 3, 5, 14, 0)) };

        Assert.Equal(new(2027, 3, 4), GraphRecurrence.Write(early, start).Recurrence!.Range!.EndDate);
        Assert.Equal(new(2027, 3, 5), GraphRecurrence.Write(late, start).Recurrence!.Range!.EndDate);
    }

    [Theory]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=DAILY;BYHOUR=9,17")]
    [InlineData("FREQ=DAILY;INTERVAL=2;BYDAY=MO")]
    [InlineData("FREQ=DAILY;BYMONTH=3")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=30")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-2")]
    [InlineData("FREQ=MONTHLY;BYDAY=5MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=-2MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1,2,3,4,5,6,7")]
    [InlineData("FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=1")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=60")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=9")]
    [InlineData("FREQ=YEARLY;BYDAY=1MO")]
    [InlineData("FREQ=YEARLY;BYMONTHDAY=1")]
    [InlineData("FREQ=DAILY;UNTIL=20270228")]
    public void Rule_WhenGraphHasNoSuchPattern_IsRefusedWithAReason(string text)
    {
        CalendarTime start = CalendarTime.InZone(new LocalDateTime(2027, 3, 1, 9, 0), "Europe/Berlin");
        RecurrenceRule rule = RecurrenceText.Parse(text, start, ZoneLookup.None)!;

        (PatternedRecurrence? recurrence, string? refusal) = GraphRecurrence.Write(rule, start);

        Assert.Null(recurrence);
        Assert.StartsWith("a ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_WhenItIsNoneThatWeKnow_IsNotRead()
    {
        var range = new RecurrenceRange { Type = RecurrenceRangeType.NoEnd };

        Assert.Null(GraphRecurrence.Read(new PatternedRecurrence { Pattern = new RecurrencePattern(), Range = range }));
        Assert.Null(GraphRecurrence.Read(new PatternedRecurrence
        {
            Pattern = new RecurrencePattern { Type = RecurrencePatternType.Daily, Interval = 1 },
        }));
        Assert.Null(GraphRecurrence.Read(new PatternedRecurrence
        {
            Pattern = new RecurrencePattern { Type = RecurrencePatternType.Weekly, Interval = 1 },
            Range = range,
        }));
    }

    private static RecurrenceRule Daily => new() { Frequency = RecurrenceFrequency.Daily };

    private static IEnumerable<LocalDate> Days(RecurrenceRule rule, CalendarTime start) => RecurrenceExpander.Expand(
        new CalendarObject
        {
            Uid = "u",
            Master = new EventDefinition(start, start.WithLocal(start.Local.PlusMinutes(30)), EventContent.Empty),
            Rules = [rule],
        },
        Years,
        DateTimeZone.Utc).Occurrences.Select(o => o.Start.Local.Date);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<CalendarTime> Starts() =>
        from day in Gen.Int[0, 1200]
        from minute in Gen.Int[0, 1439]
        from zone in OneOf("Europe/Berlin", "America/New_York", "Etc/UTC", "Asia/Kolkata")
        let local = new LocalDateTime(2026, 2, 1, 0, 0).PlusDays(day).PlusMinutes(minute)
        select zone == "Etc/UTC" ? CalendarTime.Utc(local) : CalendarTime.InZone(local, zone);

    private static Gen<(RecurrenceRule Rule, CalendarTime Start)> RulesThatFit() =>
        from start in Starts()
        from kind in Gen.Int[0, 6]
        from interval in Gen.Int[1, 4]
        from more in Gen.Int[0, 127]
        from weekStart in OneOf(IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday)
        from end in Gen.Int[0, 2]
        from length in Gen.Int[1, 60]
        let day = start.Local.Date
        let rule = Shape(kind, day, more) with { Interval = interval, WeekStart = weekStart }
        select (end switch
        {
            1 => rule with { Count = length },
            2 => rule with { Until = CalendarTime.Utc(start.ToInstant(DateTimeZone.Utc) + Duration.FromHours(length * 131)) },
            _ => rule,
        }, start);

    private static RecurrenceRule Shape(int kind, LocalDate day, int more)
    {
        int nth = ((day.Day - 1) / 7) + 1;
        bool isLast = day.PlusDays(7).Month != day.Month;
        WeekdayInPeriod byDay = new(day.DayOfWeek, isLast ? -1 : nth);
        ImmutableArray<WeekdayInPeriod> week =
        [
            .. Enumerable.Range(1, 7).Where(d => d == (int)day.DayOfWeek || ((more >> (d - 1)) & 1) == 1)
                .Select(d => new WeekdayInPeriod((IsoDayOfWeek)d, null)),
        ];
        bool isMonthEnd = day.PlusDays(1).Month != day.Month;
        ImmutableArray<int> byMonthDay = day.Day <= 28 ? [day.Day] : isMonthEnd ? [-1] : [];
        return kind switch
        {
            0 => Daily,
            1 => new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly },
            2 => new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly, ByDay = week },
            3 when !byMonthDay.IsEmpty => new RecurrenceRule { Frequency = RecurrenceFrequency.Monthly, ByMonthDay = byMonthDay },
            4 when !byMonthDay.IsEmpty =>
                new RecurrenceRule { Frequency = RecurrenceFrequency.Yearly, ByMonth = [day.Month], ByMonthDay = byMonthDay },
            5 => new RecurrenceRule { Frequency = RecurrenceFrequency.Yearly, ByMonth = [day.Month], ByDay = [byDay] },
            _ => new RecurrenceRule { Frequency = RecurrenceFrequency.Monthly, ByDay = [byDay] },
        };
    }

    private static Gen<(PatternedRecurrence Recurrence, CalendarTime Start)> Patterns() =>
        from start in Starts()
        from kind in OneOf(Enum.GetValues<RecurrencePatternType>())
        from interval in Gen.Int[1, 4]
        from more in Gen.Int[0, 127]
        from dayOfMonth in Gen.Int[1, 31]
        from index in OneOf(Enum.GetValues<WeekIndex>())
        from days in OneOf(0, 1, 2, 3)
        from first in OneOf(Week)
        from end in Gen.Int[0, 2]
        from length in Gen.Int[1, 60]
        let pattern = new RecurrencePattern
        {
            Type = kind,
            Interval = interval,
            DayOfMonth = dayOfMonth,
            Month = start.Local.Month,
            Index = index,
            FirstDayOfWeek = first,
            DaysOfWeek = kind == RecurrencePatternType.Weekly
                ? [.. Week.Where(d => ((more >> (int)d) & 1) == 1 || (int)d == 1).Select(d => (DayOfWeekObject?)d)]
                : [.. Union(days, (int)first).Select(d => (DayOfWeekObject?)d)],
        }
        let day = NaivePattern.FirstDay(pattern, start.Local.Date)
        let range = new RecurrenceRange
        {
            StartDate = new(day.Year, day.Month, day.Day),
            Type = (RecurrenceRangeType)end,
            NumberOfOccurrences = length,
            EndDate = new(day.PlusDays(length * 9).Year, day.PlusDays(length * 9).Month, day.PlusDays(length * 9).Day),
        }
        select (new PatternedRecurrence { Pattern = pattern, Range = range }, start.WithLocal(day + start.Local.TimeOfDay));

    private static DayOfWeekObject[] Union(int which, int one) => which switch
    {
        1 => Week,
        2 => [.. Week.Where(d => d is not (DayOfWeekObject.Saturday or DayOfWeekObject.Sunday))],
        3 => [DayOfWeekObject.Saturday, DayOfWeekObject.Sunday],
        _ => [(DayOfWeekObject)one],
    };
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>The first occurrence, limits, windows and whole days.</summary>
public sealed class RecurrenceExpanderTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    [Fact]
    public void Expand_WhenTheEventHappensOnce_ListsItWithoutARecurrenceId()
    {
        Occurrence occurrence = Assert.Single(
            Series.Of("20260105T090000Z", "20260105T100000Z").Expand("20260101", "20260201").Occurrences);

        Assert.Null(occurrence.RecurrenceId);
        Assert.Equal(Rrule.Time("20260105T090000Z"), occurrence.Start);
        Assert.Equal(Rrule.Time("20260105T100000Z"), occurrence.End);
        Assert.Equal("master", occurrence.Content.Summary);
    }

    [Fact]
    public void Expand_WhenTheStartDoesNotMatchItsRule_ListsItFirstAndCountsIt() => Assert.Equal(
        ["2026-01-06T09:00", "2026-01-12T09:00", "2026-01-19T09:00"],
        Series.Of("20260106T090000Z", "20260106T100000Z", "FREQ=WEEKLY;BYDAY=MO;COUNT=3")
            .Expand("20260101", "20270101").Starts());

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=1")]
    [InlineData("FREQ=DAILY;COUNT=0")]
    [InlineData("FREQ=DAILY;UNTIL=20251231T000000Z")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2")]
    [InlineData("FREQ=DAILY;BYHOUR=24")]
    [InlineData("FREQ=DAILY;BYSETPOS=0")]
    [InlineData("FREQ=DAILY;BYMONTH=13")]
    public void Expand_WhenTheRuleGivesNothing_StillListsTheStart(string rule) => Assert.Equal(
        ["2026-01-06T09:00"],
        Series.Of("20260106T090000Z", "20260106T100000Z", rule).Expand("20260101", "20270101").Starts());

    [Fact]
    public void Expand_WhenThereAreSeveralRules_ListsTheirUnionOnce() => Assert.Equal(
        ["2026-01-05T09:00", "2026-01-07T09:00", "2026-01-12T09:00", "2026-01-14T09:00", "2026-01-19T09:00"],
        Series.Of(
            "20260105T090000Z", "20260105T100000Z", "FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260115")
            .Expand("20260101", "20270101").Starts());

    [Theory]
    [InlineData("20260110", 6)]
    [InlineData("20260109T230000", 4)]
    [InlineData("20260109T220000Z", 4)]
    [InlineData("20260109T223000Z", 5)]
    [InlineData("20260109T224500Z", 5)]
    [InlineData("America/New_York:20260109T172959", 4)]
    [InlineData("America/New_York:20260109T173000", 5)]
    public void Expand_WhenUntilIsOfAnotherKind_EndsThere(string until, int expected)
    {
        // 23:30 in Berlin is 22:30 in UTC and 17:30 in New York.
        string[] starts = Series.Of(
            "Europe/Berlin:20260105T233000", "Europe/Berlin:20260106T003000", "FREQ=DAILY;UNTIL=" + until)
            .Expand("20260101", "20270101", NewYork).Starts();

        Assert.Equal(expected, starts.Length);
    }

    [Fact]
    public void Expand_WhenUntilIsADate_IncludesTheWholeLastDayOfTheEventsZone() => Assert.Equal(
        "2026-01-08T22:30",
        Series.Of("Europe/Berlin:20260105T233000", "Europe/Berlin:20260106T003000", "FREQ=DAILY;UNTIL=20260108")
            .Expand("20260101", "20270101", NewYork).Starts()[^1]);

    [Theory]
    [InlineData("20260107")]
    [InlineData("20260107T000000Z")]
    [InlineData("20260107T235959Z")]
    [InlineData("America/New_York:20260107T120000")]
    public void Expand_WhenASeriesOfDaysEndsAtATime_TakesTheDateAsWritten(string until) => Assert.Equal(
        ["2026-01-05", "2026-01-06", "2026-01-07"],
        Series.Of("20260105", "20260106", "FREQ=DAILY;UNTIL=" + until).Expand("20260101", "20270101")
            .Occurrences.Select(o => o.Start.ToString()));

    [Fact]
    public void Expand_WhenAllDay_TakesTheCalendarsZoneAndCountsDays()
    {
        Expansion expansion = Series.Of("20260328", "20260330", "FREQ=DAILY;COUNT=3").Expand("20260101", "20270101");

        Assert.Equal(
            ["2026-03-27T23:00/2026-03-29T22:00", "2026-03-28T23:00/2026-03-30T22:00", "2026-03-29T22:00/2026-03-31T22:00"],
            expansion.InUtc());
        Assert.Equal(Rrule.Time("20260331"), expansion.Occurrences[1].End);
        Assert.All(expansion.Occurrences, o => Assert.True(o.Start.IsDate && o.End.IsDate && o.RecurrenceId!.Value.IsDate));
    }

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=9,17;COUNT=3", "2026-01-05 2026-01-06 2026-01-07")]
    [InlineData("FREQ=HOURLY;COUNT=3", "2026-01-05")]
    public void Expand_WhenARuleOfWholeDaysSpeaksOfTimes_IgnoresThem(string rule, string expected) => Assert.Equal(
        expected.Split(' '),
        Series.Of("20260105", "20260106", rule).Expand("20260101", "20270101").Occurrences.Select(o => o.Start.ToString()));

    [Fact]
    public void Expand_WhenFloating_ReadsTheWallOfTheCalendarsZone()
    {
        CalendarObject series = Series.Of("20260105T090000", "20260105T100000", "FREQ=DAILY;COUNT=2");

        Assert.Equal(["2026-01-05T08:00", "2026-01-06T08:00"], series.Expand("20260101", "20270101").Starts());
        Assert.Equal(["2026-01-05T14:00", "2026-01-06T14:00"], series.Expand("20260101", "20270101", NewYork).Starts());
    }

    [Theory]
    [InlineData("20260105T100000Z", "20260105T110000Z", 0)]
    [InlineData("20260105T095959Z", "20260105T110000Z", 1)]
    [InlineData("20260105T080000Z", "20260105T090000Z", 0)]
    [InlineData("20260105T080000Z", "20260105T090001Z", 1)]
    [InlineData("20260105T093000Z", "20260105T093001Z", 1)]
    [InlineData("20260105T093000Z", "20260105T093000Z", 0)]
    public void Expand_WhenTheWindowTouches_ListsOnlyWhatOverlaps(string from, string to, int expected) => Assert.Equal(
        expected,
        Series.Of("20260105T090000Z", "20260105T100000Z").Expand(from, to).Occurrences.Length);

    [Theory]
    [InlineData("20260105T090000Z", "20260105T090001Z", 1)]
    [InlineData("20260105T085959Z", "20260105T090000Z", 0)]
    [InlineData("20260105T090001Z", "20260105T100000Z", 0)]
    public void Expand_WhenItTakesNoTime_BelongsToTheWindowItStartsIn(string from, string to, int expected) => Assert.Equal(
        expected,
        Series.Of("20260105T090000Z", "20260105T090000Z", "FREQ=YEARLY").Expand(from, to).Occurrences.Length);

    [Fact]
    public void Expand_WhenAnOccurrenceBeganLongBefore_ListsIt() => Assert.Equal(
        ["2025-12-01T00:00/2026-01-20T00:00", "2026-01-01T00:00/2026-02-20T00:00"],
        Series.Of("20250101T000000Z", "20250220T000000Z", "FREQ=MONTHLY").Expand("20260110", "20260111").InUtc());

    [Fact]
    public void Expand_WhenTheMasterIsCancelled_ListsNothing()
    {
        CalendarObject series = Series.Of("20260105T090000Z", "20260105T100000Z", "FREQ=DAILY")
            .Overriding("20260106T090000Z", "20260106T110000Z", "20260106T120000Z");
        EventContent cancelled = series.Master!.Content with { Status = EventStatus.Cancelled };

        Expansion expansion = (series with { Master = series.Master with { Content = cancelled } })
            .Expand("20260101", "20260201");

        Assert.Empty(expansion.Occurrences);
        Assert.False(expansion.IsTruncated);
    }

    [Fact]
    public void Expand_WhenTheStartHasFractionsOfASecond_KeepsThem()
    {
        LocalDateTime start = new LocalDateTime(2026, 1, 5, 9, 0, 0).PlusMilliseconds(250);
        CalendarObject series = Series.Of("20260105T090000Z", "20260105T100000Z", "FREQ=DAILY;COUNT=2");
        series = series with { Master = series.Master! with { Start = CalendarTime.Utc(start) } };

        Assert.All(
            series.Expand("20260101", "20260201").Occurrences,
            o => Assert.Equal((250, 0), (o.Start.Local.Millisecond, o.End.Local.Millisecond)));
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2024-01-01 2024-12-30 2025-12-29 2027-01-04")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", "2024-01-01 2027-01-01")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "2024-01-01 2024-12-29 2025-12-28 2027-01-03")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=10", "2024-01-01 2024-03-04 2025-03-03 2026-03-02 2027-03-08")]
    [InlineData("FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=MO", "2024-01-01 2025-12-29")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=-366", "2024-01-01")]
    [InlineData("FREQ=YEARLY;BYDAY=53MO", "2024-01-01 2024-12-30")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-01-01 2024-02-29")]
    [InlineData("FREQ=MONTHLY;BYDAY=5MO;BYMONTH=3,6,8", "2024-01-01 2025-03-31 2025-06-30 2026-03-30 2026-06-29 2026-08-31 "
        + "2027-03-29")]
    [InlineData("FREQ=YEARLY;BYDAY=MO,-1FR;BYMONTH=2;BYSETPOS=-1,1", "2024-01-01 2024-02-05 2024-02-26 2025-02-03 "
        + "2025-02-28 2026-02-02 2026-02-27 2027-02-01 2027-02-26")]
    [InlineData("FREQ=DAILY;BYDAY=2MO;BYMONTHDAY=1", "2024-01-01 2024-04-01 2024-07-01 2025-09-01 2025-12-01 2026-06-01 "
        + "2027-02-01 2027-03-01")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=13;BYMONTH=11", "2024-01-01 2024-11-13 2025-11-13 2026-11-13")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=30;INTERVAL=15", "2024-01-01 2025-04-01 2026-07-01")]
    public void Expand_WhenPartsCombine_GivesTheDaysOfTheRfc(string rule, string expected) => Assert.Equal(
        expected.Split(' '),
        Series.Of("20240101", "20240102", rule).Expand("20240101", "20270401", DateTimeZone.Utc)
            .Occurrences.Select(o => o.Start.ToString()));

    // 2024-12-30 is the first day of week-year 2025 and 2027-01-03 the last of 2026.
    [Theory]
    [InlineData("20241230", "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=MO", "2024-12-30 2027-01-04 2029-01-01")]
    [InlineData("20270103", "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=-1;BYDAY=SU", "2027-01-03 2028-12-31")]
    public void Expand_WhenTheStartIsAtAnEdgeOfItsWeekYear_CountsYearsFromThere(string start, string rule, string expected) =>
        Assert.Equal(
            expected.Split(' '),
            Series.Of(start, start, rule).Expand("20240101", "20290601", DateTimeZone.Utc)
                .Occurrences.Select(o => o.Start.ToString()));

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0,30;BYSETPOS=-1,2", "09:00 09:30 18:30")]
    [InlineData("FREQ=DAILY;BYSECOND=60;BYMINUTE=59", "09:00 09:59")]
    [InlineData("FREQ=HOURLY;INTERVAL=5;BYMINUTE=0,20", "09:00 09:20 14:00 14:20 19:00 19:20")]
    [InlineData("FREQ=MINUTELY;INTERVAL=7;BYHOUR=12,13;BYMINUTE=0,1,2", "09:00 12:02")]
    [InlineData("FREQ=SECONDLY;INTERVAL=3600;BYHOUR=22", "09:00 22:00")]
    [InlineData("FREQ=SECONDLY;BYHOUR=23;BYMINUTE=1,2;BYSECOND=0", "09:00 23:01 23:02")]
    public void Expand_WhenPartsSpeakOfTimes_GivesTheTimesOfTheFirstDay(string rule, string expected) => Assert.Equal(
        expected.Split(' '),
        Series.Of("20260105T090000Z", "20260105T090000Z", rule).Expand("20260105", "20260106", DateTimeZone.Utc)
            .Occurrences.Select(o => o.Start.Local.ToString("HH:mm", null)));
}

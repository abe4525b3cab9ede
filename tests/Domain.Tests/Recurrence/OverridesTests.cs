using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>EXDATE, RDATE and RECURRENCE-ID. The usual series: 09:00 in Berlin (08:00 UTC), January 5 to 9, 2026.</summary>
public sealed class OverridesTests
{
    private static readonly CalendarObject Usual =
        Series.Of("Europe/Berlin:20260105T090000", "Europe/Berlin:20260105T100000", "FREQ=DAILY;COUNT=5");

    private static readonly CalendarObject Days = Series.Of("20260105", "20260106", "FREQ=DAILY;COUNT=5");

    [Theory]
    [InlineData("20260107")]
    [InlineData("20260107T080000Z")]
    [InlineData("20260107T090000")]
    [InlineData("Europe/Berlin:20260107T090000")]
    [InlineData("America/New_York:20260107T030000")]
    public void Expand_WhenAStartIsExcludedInAnyKind_LeavesItOut(string excluded) => Assert.Equal(
        ["2026-01-05T08:00", "2026-01-06T08:00", "2026-01-08T08:00", "2026-01-09T08:00"],
        Usual.Excluding(excluded).Expand("20260101", "20260201").Starts());

    [Theory]
    [InlineData("20260107T090000Z")]
    [InlineData("America/New_York:20260107T090000")]
    [InlineData("20260110")]
    public void Expand_WhenAnExclusionMeansNoStart_LeavesAll(string excluded) =>
        Assert.Equal(5, Usual.Excluding(excluded).Expand("20260101", "20260201").Occurrences.Length);

    [Fact]
    public void Expand_WhenADayIsExcluded_TakesOutAllOfThatDayInTheEventsZone() => Assert.Equal(
        ["2026-01-05T22:30", "2026-01-07T05:00", "2026-01-07T22:30"],
        Series.Of("Europe/Berlin:20260105T233000", "Europe/Berlin:20260105T234500", "FREQ=DAILY;BYHOUR=6,23;BYMINUTE=0,30;BYSETPOS=1,4")
            .Excluding("20260106").Expand("20260101", "20260108").Starts());

    [Theory]
    [InlineData("20260107")]
    [InlineData("20260107T000000Z")]
    [InlineData("20260107T000000")]
    [InlineData("20260106T230000Z")]
    [InlineData("America/New_York:20260106T180000")]
    public void Expand_WhenADayOfASeriesOfDaysIsExcludedInAnyKind_LeavesItOut(string excluded) => Assert.Equal(
        ["2026-01-05", "2026-01-06", "2026-01-08", "2026-01-09"],
        Days.Excluding(excluded).Expand("20260101", "20260201").Occurrences.Select(o => o.Start.ToString()));

    [Fact]
    public void Expand_WhenTheFirstIsExcluded_StillCountsIt() => Assert.Equal(
        "2026-01-09T08:00",
        Usual.Excluding("20260105T080000Z").Expand("20260101", "20260201").Starts()[^1]);

    [Fact]
    public void Expand_WhenDatesAreAdded_ListsThemOnceEach()
    {
        Expansion expansion = Usual
            .Adding("20260120T100000Z")
            .Adding("America/New_York:20260121T040000", "America/New_York:20260121T063000")
            .Adding("20260107T080000Z")
            .Adding("20260122")
            .Adding("20260108T080000Z", "20260108T083000Z")
            .Expand("20260101", "20260201");

        Assert.Equal(
            [
                "2026-01-05T08:00/2026-01-05T09:00", "2026-01-06T08:00/2026-01-06T09:00",
                "2026-01-07T08:00/2026-01-07T09:00", "2026-01-08T08:00/2026-01-08T08:30",
                "2026-01-09T08:00/2026-01-09T09:00", "2026-01-20T10:00/2026-01-20T11:00",
                "2026-01-21T09:00/2026-01-21T11:30", "2026-01-22T08:00/2026-01-22T09:00",
            ],
            expansion.InUtc());
        Assert.Equal(Rrule.Time("America/New_York:20260121T040000"), expansion.Occurrences[6].RecurrenceId);
    }

    [Fact]
    public void Expand_WhenThereAreOnlyAddedDates_ListsTheStartAndThem() => Assert.Equal(
        ["2026-01-05T08:00", "2026-02-01T08:00"],
        (Usual with { Rules = [] }).Adding("20260201T080000Z").Expand("20260101", "20270101").Starts());

    [Fact]
    public void Expand_WhenAnAddedDateIsExcluded_LeavesItOut() => Assert.Equal(
        5,
        Usual.Adding("20260201T080000Z").Excluding("20260201").Expand("20260101", "20270101").Occurrences.Length);

    [Theory]
    [InlineData("Europe/Berlin:20260107T090000")]
    [InlineData("20260107T080000Z")]
    [InlineData("America/New_York:20260107T030000")]
    [InlineData("20260107T090000")]
    [InlineData("20260107")]
    public void Expand_WhenAnOverrideNamesItsOccurrenceInAnyKind_ReplacesIt(string recurrenceId)
    {
        Expansion expansion = Usual.Overriding(recurrenceId, "20260107T150000Z", "20260107T160000Z")
            .Expand("20260101", "20260201");

        Assert.Equal(
            [
                "2026-01-05T08:00 master", "2026-01-06T08:00 master", "2026-01-07T15:00 override",
                "2026-01-08T08:00 master", "2026-01-09T08:00 master",
            ],
            expansion.Named());
        Assert.Equal(Rrule.Time("Europe/Berlin:20260107T090000"), expansion.Occurrences[2].RecurrenceId);
        Assert.Equal(Rrule.Time("20260107T150000Z"), expansion.Occurrences[2].Start);
    }

    [Theory]
    [InlineData("20260107")]
    [InlineData("20260107T000000Z")]
    [InlineData("20260106T230000Z")]
    public void Expand_WhenAnOverrideNamesADayInAnyKind_ReplacesIt(string recurrenceId) => Assert.Equal(
        ["master", "master", "override", "master", "master"],
        Days.Overriding(recurrenceId, "20260107T150000Z", "20260107T160000Z")
            .Expand("20260101", "20260201").Occurrences.Select(o => o.Content.Summary));

    [Fact]
    public void Expand_WhenAnOverrideNamesASkippedTime_ReplacesIt() => Assert.Equal(
        ["2026-03-28T01:30 master", "2026-03-29T12:00 override", "2026-03-30T00:30 master"],
        Series.Of("Europe/Berlin:20260328T023000", "Europe/Berlin:20260328T030000", "FREQ=DAILY;COUNT=3")
            .Overriding("20260329T013000Z", "20260329T120000Z", "20260329T130000Z")
            .Expand("20260101", "20270101").Named());

    [Fact]
    public void Expand_WhenAnOverrideMovesOut_LeavesAHole()
    {
        CalendarObject series = Usual.Overriding("20260107T080000Z", "20260301T080000Z", "20260301T090000Z");

        Assert.Equal(
            ["2026-01-06T08:00 master", "2026-01-08T08:00 master"],
            series.Expand("20260106", "20260109").Named());
        Assert.Equal(["2026-03-01T08:00 override"], series.Expand("20260301", "20260302").Named());
    }

    [Fact]
    public void Expand_WhenAnOverrideIsCancelled_LeavesItsOccurrenceOut() => Assert.Equal(
        ["2026-01-05T08:00", "2026-01-07T08:00", "2026-01-08T08:00", "2026-01-09T08:00"],
        Usual.Overriding("20260106T080000Z", "20260106T080000Z", "20260106T090000Z", status: EventStatus.Cancelled)
            .Overriding("20270101T080000Z", "20260110T080000Z", "20260110T090000Z", status: EventStatus.Cancelled)
            .Expand("20260101", "20260201").Starts());

    [Fact]
    public void Expand_WhenAnOverrideNamesNoOccurrence_ListsItAllTheSame() => Assert.Equal(
        ["2026-01-08T08:00 master", "2026-01-09T08:00 master", "2026-01-10T12:00 override"],
        Usual.Overriding("20260701T080000Z", "20260110T120000Z", "20260110T130000Z").Expand("20260108", "20260201").Named());

    [Fact]
    public void Expand_WhenTheOverriddenOccurrenceIsExcludedToo_ListsTheOverride() => Assert.Equal(
        ["2026-01-05T08:00 master", "2026-01-06T12:00 override", "2026-01-07T08:00 master"],
        Usual.Excluding("20260106").Overriding("20260106T080000Z", "20260106T120000Z", "20260106T130000Z")
            .Expand("20260101", "20260108").Named());

    [Fact]
    public void Expand_WhenTwoOverridesNameOneOccurrence_TheLastCounts() => Assert.Equal(
        ["2026-01-06T14:00 second"],
        Usual.Overriding("20260106T080000Z", "20260106T120000Z", "20260106T130000Z", "first")
            .Overriding("Europe/Berlin:20260106T090000", "20260106T140000Z", "20260106T150000Z", "second")
            .Expand("20260106", "20260107").Named());

    [Fact]
    public void Expand_WhenAnEventWithoutARuleHasOverrides_AppliesThem() => Assert.Equal(
        ["2026-01-06T12:00 other", "2026-01-07T12:00 override"],
        (Usual with { Rules = [] })
            .Overriding("20260105T080000Z", "20260107T120000Z", "20260107T130000Z")
            .Overriding("20260106T080000Z", "20260106T120000Z", "20260106T130000Z", "other")
            .Expand("20260101", "20260201").Named());

    [Fact]
    public void Expand_WhenThereIsNoMaster_ListsTheOverrides()
    {
        CalendarObject alone = (Usual with { Master = null, Rules = [] })
            .Overriding("20260107T080000Z", "20260107T120000Z", "20260107T130000Z", "second")
            .Overriding("20260106T080000Z", "20260106T120000Z", "20260106T130000Z", "first")
            .Overriding("20260108T080000Z", "20260108T120000Z", "20260108T130000Z", status: EventStatus.Cancelled)
            .Overriding("20260109T080000Z", "20260301T120000Z", "20260301T130000Z");

        Expansion expansion = alone.Expand("20260101", "20260201");

        Assert.Equal(["2026-01-06T12:00 first", "2026-01-07T12:00 second"], expansion.Named());
        Assert.Equal(Rrule.Time("20260106T080000Z"), expansion.Occurrences[0].RecurrenceId);
    }

    [Fact]
    public void Expand_WhenThisAndFuture_ShiftsAllLaterOnesAndTakesLengthAndContent()
    {
        CalendarObject series = Usual.Overriding(
            "20260107T080000Z", "Europe/Berlin:20260108T103000", "Europe/Berlin:20260108T104500", "later", thisAndFuture: true);

        Expansion expansion = series.Expand("20260101", "20260201");

        Assert.Equal(
            [
                "2026-01-05T08:00 master", "2026-01-06T08:00 master", "2026-01-08T09:30 later", "2026-01-09T09:30 later",
                "2026-01-10T09:30 later",
            ],
            expansion.Named());
        Assert.Equal("2026-01-10T09:30/2026-01-10T09:45", expansion.InUtc()[^1]);
        Assert.Equal(Rrule.Time("Europe/Berlin:20260109T090000"), expansion.Occurrences[^1].RecurrenceId);
    }

    [Fact]
    public void Expand_WhenThisAndFutureMovesFar_FindsOccurrencesMovedIntoAndOutOfTheWindow()
    {
        CalendarObject series = Series.Of("20260101T080000Z", "20260101T090000Z", "FREQ=DAILY")
            .Overriding("20260201T080000Z", "20260601T080000Z", "20260601T090000Z", "later", thisAndFuture: true);

        Assert.Equal(["2026-01-31T08:00 master"], series.Expand("20260131", "20260501").Named());
        Assert.Equal(
            ["2026-06-01T08:00 later", "2026-06-02T08:00 later"], series.Expand("20260531", "20260603").Named());
    }

    [Fact]
    public void Expand_WhenSeveralThisAndFuture_EachGovernsUntilTheNext() => Assert.Equal(
        [
            "2026-01-05T08:00 master", "2026-01-06T09:00 a", "2026-01-07T09:00 a", "2026-01-08T06:00 b",
            "2026-01-09T06:00 b",
        ],
        Usual
            .Overriding("20260108T080000Z", "20260108T060000Z", "20260108T070000Z", "b", thisAndFuture: true)
            .Overriding("20260106T080000Z", "20260106T090000Z", "20260106T100000Z", "a", thisAndFuture: true)
            .Expand("20260101", "20260201").Named());

    [Fact]
    public void Expand_WhenASingleOverrideFollowsThisAndFuture_TheSingleOneWins() => Assert.Equal(
        [
            "2026-01-05T08:00 master", "2026-01-06T08:00 master", "2026-01-07T12:00 single", "2026-01-08T13:00 single too",
            "2026-01-09T10:00 later",
        ],
        Usual
            .Overriding("20260107T080000Z", "20260107T120000Z", "20260107T130000Z", "single")
            .Overriding("20260108T080000Z", "20260108T130000Z", "20260108T140000Z", "single too")
            .Overriding("20260107T080000Z", "20260107T100000Z", "20260107T110000Z", "later", thisAndFuture: true)
            .Expand("20260101", "20260201").Named());

    [Fact]
    public void Expand_WhenThisAndFutureIsCancelled_EndsTheSeriesButForLaterOverrides() => Assert.Equal(
        ["2026-01-05T08:00 master", "2026-01-06T08:00 master", "2026-01-09T12:00 override"],
        Usual
            .Overriding("20260107T080000Z", "20260107T080000Z", "20260107T090000Z", "x", true, EventStatus.Cancelled)
            .Overriding("20260109T080000Z", "20260109T120000Z", "20260109T130000Z")
            .Expand("20260101", "20260201").Named());

    [Fact]
    public void Expand_WhenThisAndFutureChangesTheZone_RepeatsOnTheNewWall()
    {
        // New York changes on March 8, Berlin on March 29.
        CalendarObject series = Series
            .Of("Europe/Berlin:20260301T090000", "Europe/Berlin:20260301T100000", "FREQ=WEEKLY;COUNT=6")
            .Overriding(
                "20260308T080000Z", "America/New_York:20260308T090000", "America/New_York:20260308T100000", "later", true);

        Assert.Equal(
            [
                "2026-03-01T08:00", "2026-03-08T13:00", "2026-03-15T13:00", "2026-03-22T13:00", "2026-03-29T13:00",
                "2026-04-05T13:00",
            ],
            series.Expand("20260101", "20270101").Starts());
    }

    [Fact]
    public void Expand_WhenThisAndFutureMakesDaysOfTimes_CountsDays() => Assert.Equal(
        ["2026-01-05", "2026-01-06", "2026-01-07T10:00:00[Europe/Berlin]", "2026-01-08T10:00:00[Europe/Berlin]"],
        (Days with { Rules = [Rrule.Parse("FREQ=DAILY;COUNT=4")] })
            .Overriding("20260107", "Europe/Berlin:20260107T100000", "Europe/Berlin:20260107T110000", "later", true)
            .Expand("20260101", "20260201").Occurrences.Select(o => o.Start.ToString()));

    [Fact]
    public void Expand_WhenAnOverrideChangesOnlyText_KeepsItsStartUnderThisAndFutureOfEarlierOnes() => Assert.Equal(
        ["2026-01-07T10:00 later", "2026-01-08T08:00 text", "2026-01-09T10:00 later"],
        Usual
            .Overriding("20260107T080000Z", "20260107T100000Z", "20260107T110000Z", "later", thisAndFuture: true)
            .Overriding("20260108T080000Z", "20260108T080000Z", "20260108T090000Z", "text")
            .Expand("20260107", "20260201").Named());
}

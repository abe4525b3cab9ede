using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>
/// Berlin skips 02:00 to 03:00 on 2026-03-29 (01:00 UTC) and repeats it on 2026-10-25 (from 00:00 UTC on).
/// </summary>
public sealed class DaylightSavingTests
{
    [Fact]
    public void Expand_WhenTheWallTimeIsSkipped_ShiftsThatOccurrenceForward()
    {
        Expansion expansion = Series
            .Of("Europe/Berlin:20260328T023000", "Europe/Berlin:20260328T030000", "FREQ=DAILY;COUNT=3")
            .Expand("20260101", "20270101");

        Assert.Equal(
            ["2026-03-28T01:30/2026-03-28T02:00", "2026-03-29T01:30/2026-03-29T02:00", "2026-03-30T00:30/2026-03-30T01:00"],
            expansion.InUtc());
        Assert.Equal(Rrule.Time("Europe/Berlin:20260329T023000"), expansion.Occurrences[1].RecurrenceId);
        Assert.Equal(Rrule.Time("Europe/Berlin:20260329T040000"), expansion.Occurrences[1].End);
    }

    [Fact]
    public void Expand_WhenTheWallTimeHappensTwice_TakesTheEarlier() => Assert.Equal(
        ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"],
        Series.Of("Europe/Berlin:20261024T023000", "Europe/Berlin:20261024T030000", "FREQ=DAILY;COUNT=3")
            .Expand("20260101", "20270101").Starts());

    [Fact]
    public void Expand_WhenItLastsOverAChange_LastsExactlyAsLongAsTheFirst() => Assert.Equal(
        ["2026-03-27T21:00/2026-03-28T05:00", "2026-03-28T21:00/2026-03-29T05:00", "2026-03-29T20:00/2026-03-30T04:00"],
        Series.Of("Europe/Berlin:20260327T220000", "Europe/Berlin:20260328T060000", "FREQ=DAILY;COUNT=3")
            .Expand("20260101", "20270101").InUtc());

    // Ical.Net 5.2.4 ends such an event an hour early, or where it starts.
    [Theory]
    [InlineData("20261025T023000", "20261025T024500", "2026-10-25T00:30/2026-10-25T00:45")]
    [InlineData("20261025T023000", "20261025T033000", "2026-10-25T00:30/2026-10-25T02:30")]
    [InlineData("20261025T013000", "20261025T023000", "2026-10-24T23:30/2026-10-25T00:30")]
    public void Expand_WhenTheEndIsInsideOrAfterAnOverlap_LastsWhatItsInstantsSay(string start, string end, string expected) =>
        Assert.Equal(
            [expected],
            Series.Of("Europe/Berlin:" + start, "Europe/Berlin:" + end).Expand("20260101", "20270101").InUtc());

    [Fact]
    public void Expand_WhenALaterOccurrenceEndsInTheOverlap_EndsAfterItsStart()
    {
        Expansion expansion = Series
            .Of("Europe/Berlin:20261024T013000", "Europe/Berlin:20261024T033000", "FREQ=DAILY;COUNT=2")
            .Expand("20260101", "20270101");

        Assert.Equal(
            ["2026-10-23T23:30/2026-10-24T01:30", "2026-10-24T23:30/2026-10-25T01:30"], expansion.InUtc());
        Assert.Equal(Rrule.Time("Europe/Berlin:20261025T023000"), expansion.Occurrences[1].End);
    }

    [Theory]
    [InlineData("20260329T023000", "20260329T030000", "2026-03-29T01:30/2026-03-29T02:00")]
    [InlineData("20260329T023000", "20260329T024500", "2026-03-29T01:30/2026-03-29T01:45")]
    [InlineData("20260329T013000", "20260329T023000", "2026-03-29T00:30/2026-03-29T01:30")]
    [InlineData("20261025T031500", "20261025T030000", "2026-10-25T02:15/2026-10-25T02:15")]
    public void Expand_WhenAnEndWouldComeBeforeItsStart_KeepsTheLengthOnTheWallOrNone(
        string start, string end, string expected) => Assert.Equal(
            [expected],
            Series.Of("Europe/Berlin:" + start, "Europe/Berlin:" + end).Expand("20260101", "20270101").InUtc());

    [Fact]
    public void Expand_WhenStartAndEndAreInTwoZones_KeepsTheFlightsLengthAndTheZoneOfItsEnd()
    {
        Expansion expansion = Series
            .Of("Europe/Berlin:20260305T100000", "America/New_York:20260305T130000", "FREQ=WEEKLY;COUNT=5")
            .Expand("20260101", "20270101");

        // New York changes on March 8, Berlin on March 29.
        Assert.Equal(
            ["2026-03-05T13:00", "2026-03-12T14:00", "2026-03-19T14:00", "2026-03-26T14:00", "2026-04-02T13:00"],
            expansion.Occurrences.Select(o => o.End.Local.ToString("uuuu-MM-dd'T'HH:mm", null)));
        Assert.All(expansion.Occurrences, o => Assert.Equal(Duration.FromHours(9), o.EndsAt - o.StartsAt));
        Assert.All(expansion.Occurrences, o => Assert.Equal("America/New_York", o.End.ZoneId));
    }

    [Fact]
    public void Expand_WhenASkippedTimeFallsOnAnother_ListsTheInstantOnce() => Assert.Equal(
        ["2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00"],
        Series.Of("Europe/Berlin:20260328T010000", "Europe/Berlin:20260328T010500", "FREQ=HOURLY")
            .Expand("20260329T000000Z", "20260329T030000Z").Starts());

    // Rules repeat on the wall: the second pass of the repeated hour has no occurrence of its own.
    [Fact]
    public void Expand_WhenARuleRepeatsWithinTheRepeatedHour_KeepsToItsFirstPass() => Assert.Equal(
        ["2026-10-25T00:00", "2026-10-25T00:30", "2026-10-25T02:00", "2026-10-25T02:30"],
        Series.Of("Europe/Berlin:20261024T010000", "Europe/Berlin:20261024T010500", "FREQ=MINUTELY;INTERVAL=30")
            .Expand("20261025T000000Z", "20261025T030000Z").Starts());

    // The wall time of the window's or the rule's end says less than its instant there.
    [Theory]
    [InlineData("20260328", "20260329T011500Z", "20260329T014500Z", "2026-03-29T01:30")]
    [InlineData("20260328", "20260329T004500Z", "20260329T013100Z", "2026-03-29T01:30")]
    [InlineData("20261024", "20261025T002000Z", "20261025T011000Z", "2026-10-25T00:30")]
    [InlineData("20261024", "20261025T011000Z", "20261025T020000Z", null)]
    public void Expand_WhenTheWindowEndsInsideAChange_FindsTheOccurrenceInIt(
        string firstDay, string from, string to, string? expected) => Assert.Equal(
            expected is null ? [] : [expected],
            Series.Of($"Europe/Berlin:{firstDay}T023000", $"Europe/Berlin:{firstDay}T023500", "FREQ=DAILY")
                .Expand(from, to).Starts());

    [Theory]
    [InlineData("20261024", "20261025T011000Z", 2)]
    [InlineData("20261024", "20261025T002959Z", 1)]
    [InlineData("20260328", "20260329T013000Z", 2)]
    [InlineData("20260328", "20260329T011500Z", 1)]
    public void Expand_WhenUntilIsInsideAChange_ComparesInstants(string firstDay, string until, int expected) => Assert.Equal(
        expected,
        Series.Of($"Europe/Berlin:{firstDay}T023000", $"Europe/Berlin:{firstDay}T023500", "FREQ=DAILY;UNTIL=" + until)
            .Expand("20260101", "20270101").Occurrences.Length);

    [Fact]
    public void Expand_WhenAZoneSkipsAWholeDay_KeepsEveryOtherDayAndMergesTheSkippedOne()
    {
        DateTimeZone apia = DateTimeZoneProviders.Tzdb["Pacific/Apia"];

        Expansion timed = Series.Of("Pacific/Apia:20111228T090000", "Pacific/Apia:20111228T100000", "FREQ=DAILY;COUNT=5")
            .Expand("20111201", "20120201", apia);
        Expansion days = Series.Of("20111229", "20111230", "FREQ=DAILY;COUNT=3").Expand("20111201", "20120201", apia);

        Assert.Equal(["2011-12-28T19:00", "2011-12-29T19:00", "2011-12-30T19:00", "2011-12-31T19:00"], timed.Starts());
        Assert.Equal(
            ["2011-12-29T10:00/2011-12-30T10:00", "2011-12-30T10:00/2011-12-30T10:00", "2011-12-30T10:00/2011-12-31T10:00"],
            days.InUtc());
    }

    [Fact]
    public void Expand_WhenTheDayHasNoMidnight_StartsAtItsFirstMoment() => Assert.Equal(
        ["2026-03-29T22:00"],
        Series.Of("20260330", "20260331").Expand("20260101", "20270101").Starts());

    [Fact]
    public void Expand_WhenTheZonesDayBeginsAtOne_StartsThere()
    {
        // Beirut skips 00:00 to 01:00.
        DateTimeZone beirut = DateTimeZoneProviders.Tzdb["Asia/Beirut"];

        Assert.Equal(
            ["2026-03-28T22:00/2026-03-29T21:00"],
            Series.Of("20260329", "20260330").Expand("20260101", "20270101", beirut).InUtc());
    }

    [Fact]
    public void Expand_WhenTheZoneRuleChanges_OnlyInstantsMove()
    {
        CalendarObject series = Series.Of("20260601T090000", "20260601T100000", "FREQ=DAILY;COUNT=2");

        Expansion before = series.Expand("20260101", "20270101", DateTimeZone.ForOffset(Offset.FromHours(1)));
        Expansion after = series.Expand("20260101", "20270101", DateTimeZone.ForOffset(Offset.FromHours(2)));

        Assert.Equal(before.Occurrences.Select(o => o.Start), after.Occurrences.Select(o => o.Start));
        Assert.Equal(["2026-06-01T08:00", "2026-06-02T08:00"], before.Starts());
        Assert.Equal(["2026-06-01T07:00", "2026-06-02T07:00"], after.Starts());
    }
}

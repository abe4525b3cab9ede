using CalendarActors.Domain.Tests.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Time;

public sealed class ZoneMatcherTests
{
    private static readonly Interval Span = Between(2024, 2028);

    private static readonly ZoneObservance[] CentralEurope =
    [
        Part("+01:00", "+02:00", "19700329T020000", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        Part("+02:00", "+01:00", "19701025T030000", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    ];

    [Fact]
    public void Match_WhenSeveralZonesAgree_PicksTheWellKnown() =>
        Assert.Equal("Europe/Berlin", ZoneMatcher.Match(CentralEurope, Span));

    [Theory]
    [InlineData("Europe/Rome", "Europe/Rome")]
    [InlineData("Romance Standard Time", "Europe/Paris")]
    [InlineData("America/New_York", "Europe/Berlin")]
    [InlineData("Customized Time Zone", "Europe/Berlin")]
    public void Match_WhenThereIsAHint_TakesItOnlyIfItsOffsetsAgree(string hint, string expected) =>
        Assert.Equal(expected, ZoneMatcher.Match(CentralEurope, Span, hint));

    [Fact]
    public void Match_WhenOutlookStartsIn1601_IsTheSame()
    {
        ZoneObservance[] outlook =
        [
            Part("-04:00", "-05:00", "16011104T020000", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
            Part("-05:00", "-04:00", "16010311T020000", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
        ];

        Assert.Equal("America/New_York", ZoneMatcher.Match(outlook, Span));
    }

    [Fact]
    public void Match_WhenRulesEndAndOthersFollow_ComparesTheOnesInForce()
    {
        ZoneObservance[] newYork =
        [
            Part("-05:00", "-04:00", "19870405T020000", "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z"),
            Part("-04:00", "-05:00", "19671029T020000", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z"),
            Part("-05:00", "-04:00", "20070311T020000", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
            Part("-04:00", "-05:00", "20071104T020000", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        ];

        Assert.Equal("America/New_York", ZoneMatcher.Match(newYork, Between(2004, 2010)));
        Assert.Equal("America/New_York", ZoneMatcher.Match(newYork, Span));
    }

    [Fact]
    public void Match_WhenTheLawChangedInsideTheSpan_RefusesTheNewLawAlone()
    {
        ZoneObservance[] lawOf2007 =
        [
            Part("-05:00", "-04:00", "19700308T020000", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
            Part("-04:00", "-05:00", "19701101T020000", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        ];

        Assert.Equal("America/New_York", ZoneMatcher.Match(lawOf2007, Span));
        Assert.Null(ZoneMatcher.Match(lawOf2007, Between(2005, 2009)));
    }

    [Fact]
    public void Match_WhenOnsetsAreListedOneByOne_ReadsThem()
    {
        ZoneObservance[] listed =
        [
            Part("+01:00", "+02:00", "20240331T020000", null) with
            {
                FurtherOnsets = [new(2025, 3, 30, 2, 0), new(2026, 3, 29, 2, 0), new(2027, 3, 28, 2, 0)],
            },
            Part("+02:00", "+01:00", "20241027T030000", null) with
            {
                FurtherOnsets = [new(2025, 10, 26, 3, 0), new(2026, 10, 25, 3, 0), new(2027, 10, 31, 3, 0)],
            },
        ];

        Assert.Equal("Europe/Berlin", ZoneMatcher.Match(listed, Span));
    }

    [Theory]
    [InlineData("+00:00", "Etc/UTC")]
    [InlineData("+03:00", "Etc/GMT-3")]
    [InlineData("-10:00", "Etc/GMT+10")]
    [InlineData("+05:30", "Asia/Kolkata")]
    [InlineData("+08:45", "Australia/Eucla")]
    public void Match_WhenTheOffsetNeverChanges_GivesTheFixedZoneOrOneThatNeverChanges(string offset, string expected) =>
        Assert.Equal(expected, ZoneMatcher.Match([Part(offset, offset, "19700101T000000", null)], Span));

    [Fact]
    public void Match_WhenTheSouthernHalf_FindsIt()
    {
        ZoneObservance[] sydney =
        [
            Part("+11:00", "+10:00", "20080406T030000", "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"),
            Part("+10:00", "+11:00", "20081005T020000", "FREQ=YEARLY;BYMONTH=10;BYDAY=1SU"),
        ];

        Assert.Equal("Australia/Sydney", ZoneMatcher.Match(sydney, Span));
        Assert.Equal("Australia/Hobart", ZoneMatcher.Match(sydney, Span, "/citadel.org/1/Australia/Hobart"));
    }

    [Fact]
    public void Match_WhenNoZoneHasSuchOffsets_GivesNull() =>
        Assert.Null(ZoneMatcher.Match([Part("+01:07", "+01:07", "19700101T000000", null)], Span));

    [Fact]
    public void Match_WhenThereIsNothingToCompare_GivesNull()
    {
        Assert.Null(ZoneMatcher.Match([], Span));
        Assert.Null(ZoneMatcher.Match(CentralEurope, new Interval(Span.Start, Span.Start)));
    }

    [Fact]
    public void Match_WhenARuleIsHostile_GivesNullWithinBounds() =>
        Assert.Null(ZoneMatcher.Match([Part("+01:00", "+02:00", "16010101T000000", "FREQ=SECONDLY")], Span));

    // Every zone of the database must be found again, or another with the very same offsets, from its own transitions.
    [Fact]
    public void Match_WhenADefinitionIsMadeFromAnyZone_FindsAZoneWithTheSameOffsets()
    {
        foreach (string id in DateTimeZoneProviders.Tzdb.Ids)
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[id];
            ZoneObservance[] parts = [.. zone.GetZoneIntervals(Span).Select(i => new ZoneObservance(
                i.HasStart ? zone.GetUtcOffset(i.Start - Duration.Epsilon) : i.WallOffset,
                i.WallOffset,
                i.HasStart
                    ? i.Start.WithOffset(zone.GetUtcOffset(i.Start - Duration.Epsilon)).LocalDateTime
                    : new LocalDateTime(1970, 1, 1, 0, 0),
                Rule: null))];

            string? found = ZoneMatcher.Match(parts, Span);

            Assert.NotNull(found);
            for (Instant at = Span.Start; at < Span.End; at += Duration.FromHours(7))
            {
                Assert.Equal(zone.GetUtcOffset(at), DateTimeZoneProviders.Tzdb[found].GetUtcOffset(at));
            }
        }
    }

    private static ZoneObservance Part(string from, string to, string onset, string? rule) => new(
        Parse(from), Parse(to), Rrule.Time(onset).Local, rule is null ? null : Rrule.Parse(rule));

    private static Offset Parse(string text) =>
        NodaTime.Text.OffsetPattern.CreateWithInvariantCulture("+HH:mm").Parse(text).Value;

    private static Interval Between(int from, int to) =>
        new(Instant.FromUtc(from, 1, 1, 0, 0), Instant.FromUtc(to, 1, 1, 0, 0));
}

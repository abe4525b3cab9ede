using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Time;

public sealed class GivenTimeTests
{
    private static readonly Instant TenOClock = Instant.FromUtc(2030, 1, 1, 10, 0);

    [Theory]
    [InlineData("2030-01-01T10:00:00Z")]
    [InlineData("2030-01-01t10:00:00z")]
    [InlineData("2030-01-01 10:00:00Z")]
    [InlineData("2030-01-01T12:00:00+02:00")]
    [InlineData("2030-01-01T04:30:00-05:30")]
    [InlineData("2030-01-01T10:00:00.000Z")]
    [InlineData("2030-01-01T10:00:00.0+00:00")]
    public void Parse_OfEveryFormThatLibrariesSend_IsTheMoment(string text) =>
        Assert.Equal(TenOClock, GivenTime.Parse(text)!.Value.MomentIn(DateTimeZone.Utc));

    [Theory]
    [InlineData("")]
    [InlineData("2030-01-01T10:00:00")]
    [InlineData("2030-01-01T10:00Z")]
    [InlineData("2030-01-01T10:00:00.5Z")]
    [InlineData("2030-01-01T10:00:00.Z")]
    [InlineData("2030-01-01T10:00:00.")]
    [InlineData("2030-01-01T24:00:00Z")]
    [InlineData("2030-01-01T10:60:00Z")]
    [InlineData("2030-01-01T10:00:60Z")]
    [InlineData("2030-02-30")]
    [InlineData("2030-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("2030-1-1")]
    [InlineData("2030-01-01x10:00:00Z")]
    [InlineData("2030-01-01T10:00:00+0200")]
    [InlineData("2030-01-01T10:00:00+18:00")]
    [InlineData("2030-01-01T10:00:00 02:00")]
    [InlineData("２０３０-01-01")]
    [InlineData("1893456000")]
    [InlineData("tomorrow")]
    public void Parse_OfAnythingElse_IsNothing(string text) => Assert.Null(GivenTime.Parse(text));

    [Fact]
    public void Day_OfADate_IsKept()
    {
        GivenTime time = GivenTime.Parse("2030-01-01")!.Value;

        Assert.Equal(new LocalDate(2030, 1, 1), time.Day);
        Assert.Equal(CalendarTime.OnDate(new LocalDate(2030, 1, 1)), time.In("Europe/Paris"));
        Assert.Equal(
            Instant.FromUtc(2029, 12, 31, 23, 0), time.MomentIn(DateTimeZoneProviders.Tzdb["Europe/Paris"]));
    }

    [Fact]
    public void DayIn_OfAMoment_IsItsDayThere() =>
        Assert.Equal(
            new LocalDate(2030, 1, 2),
            GivenTime.Parse("2030-01-01T20:00:00Z")!.Value.DayIn(DateTimeZoneProviders.Tzdb["Asia/Tokyo"]));

    [Fact]
    public void In_AZone_KeepsTheMomentAndTheZone() =>
        Assert.Equal(
            CalendarTime.InZone(new LocalDateTime(2030, 7, 1, 12, 0), "Europe/Paris"),
            GivenTime.Parse("2030-07-01 10:00:00Z")!.Value.In("Europe/Paris"));

    [Theory]
    [InlineData("Etc/UTC")]
    [InlineData("UTC")]
    [InlineData(null)]
    public void In_UtcByAnyName_IsUtc(string? zoneId) =>
        Assert.Equal(CalendarTime.Utc(TenOClock), GivenTime.Parse("2030-01-01T10:00:00Z")!.Value.In(zoneId));

    [Fact]
    public void In_AZoneWhoseClockShowsTheHourTwice_NeverMovesTheMoment()
    {
        // 02:30 in Paris on 2026-10-25 is 00:30Z and again 01:30Z.
        foreach (string text in new[] { "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z" })
        {
            GivenTime given = GivenTime.Parse(text)!.Value;
            Assert.Equal(given.MomentIn(DateTimeZone.Utc), given.In("Europe/Paris").ToInstant(DateTimeZone.Utc));
        }
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59-17:00")]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01T00:00:00+17:00")]
    public void Sentinels_InEveryZone_StayInTheCalendar(string text)
    {
        GivenTime time = GivenTime.Parse(text)!.Value;
        foreach (string zone in new[] { "Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/UTC" })
        {
            time.DayIn(DateTimeZoneProviders.Tzdb[zone]);
            time.MomentIn(DateTimeZoneProviders.Tzdb[zone]);
            time.In(zone);
        }
    }
}

using System.Text;
using CalendarActors.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Domain.Tests.Time;

public sealed class TimeTextTests
{
    [Fact]
    public void Write_OfMoments_IsWhatNodaTimeWrites()
    {
        InstantPattern expected = InstantPattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm:ss'Z'");
        Random random = new(20);
        for (int i = 0; i < 5_000; i++)
        {
            Instant instant = Instant.FromUnixTimeMilliseconds(random.NextInt64(-62_135_596_800_000, 253_402_300_799_000));
            Assert.Equal(expected.Format(instant), Text(t => TimeText.Write(instant, t)));
        }
    }

    [Theory]
    [InlineData(2, 0, "2030-01-01T12:00:00+02:00")]
    [InlineData(-5, -30, "2030-01-01T04:30:00-05:30")]
    [InlineData(0, 0, "2030-01-01T10:00:00Z")]
    [InlineData(14, 0, "2030-01-02T00:00:00+14:00")]
    public void Write_WithAnOffset_ShowsTheZonesClock(int hours, int minutes, string expected) =>
        Assert.Equal(
            expected,
            Text(t => TimeText.Write(Instant.FromUtc(2030, 1, 1, 10, 0), Offset.FromHoursAndMinutes(hours, minutes), t)));

    [Fact]
    public void Write_WithSecondsInTheOffset_FallsBackToUtc() =>
        Assert.Equal(
            "1890-01-01T10:00:00Z",
            Text(t => TimeText.Write(Instant.FromUtc(1890, 1, 1, 10, 0), Offset.FromSeconds(561), t)));

    [Fact]
    public void Write_OfExtremeTimes_StaysWithinFourDigits()
    {
        Assert.Equal("0001-01-01T00:00:00Z", Text(t => TimeText.Write(Instant.MinValue, t)));
        Assert.Equal("9999-12-31T23:59:59Z", Text(t => TimeText.Write(Instant.MaxValue, t)));
    }

    [Fact]
    public void Write_OfADay_HasTenCharacters() =>
        Assert.Equal("0987-06-05", Text(t => TimeText.Write(new LocalDate(987, 6, 5), t)));

    private delegate int Writer(Span<byte> target);

    private static string Text(Writer write)
    {
        Span<byte> target = stackalloc byte[TimeText.MaxLength];
        return Encoding.ASCII.GetString(target[..write(target)]);
    }
}

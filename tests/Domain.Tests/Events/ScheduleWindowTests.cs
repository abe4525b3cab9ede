using CalendarActors.Domain.Events;
using NodaTime;

namespace CalendarActors.Domain.Tests.Events;

public sealed class ScheduleWindowTests
{
    // 2026-03-10 01:00 in Tokyo, still the 9th in UTC.
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 9, 16, 0);
    private static readonly DateTimeZone Tokyo = DateTimeZoneProviders.Tzdb["Asia/Tokyo"];

    [Fact]
    public void Clamp_WithNothingAsked_IsTheWholeWindowInTheZonesDays()
    {
        (Instant from, Instant to) = ScheduleWindow.Clamp(null, null, Now, Tokyo);

        Assert.Equal(new LocalDate(2026, 3, 10).PlusDays(-42).AtMidnight().InZoneStrictly(Tokyo).ToInstant(), from);
        Assert.Equal(new LocalDate(2026, 3, 10).PlusDays(201).AtMidnight().InZoneStrictly(Tokyo).ToInstant(), to);
    }

    [Fact]
    public void Clamp_OfARangeThatReachesOut_DrawsBothEndsIn() =>
        Assert.Equal(
            ScheduleWindow.Clamp(null, null, Now, Tokyo),
            ScheduleWindow.Clamp(Instant.FromUtc(1999, 1, 1, 0, 0), Instant.FromUtc(2099, 1, 1, 0, 0), Now, Tokyo));

    [Fact]
    public void Clamp_OfARangeInside_LeavesItAlone()
    {
        Instant from = Now - Duration.FromDays(1);
        Instant to = Now + Duration.FromDays(1);

        Assert.Equal((from, to), ScheduleWindow.Clamp(from, to, Now, Tokyo));
    }
}

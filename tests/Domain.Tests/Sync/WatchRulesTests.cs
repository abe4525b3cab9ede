using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class WatchRulesTests
{
    private static readonly Duration Watched = Duration.FromHours(2);
    private static readonly Duration Otherwise = Duration.FromMinutes(30);

    [Theory]
    [InlineData(8, true, true)]
    [InlineData(7, true, false)]
    [InlineData(16, false, true)]
    [InlineData(15, false, false)]
    public void WakePeriod_OfAWatchThatEndsSoonAfterItsRenewal_IsTheShortOne(int hours, bool isRenewedInPlace, bool isSeldom)
    {
        Instant end = Samples.Now + Duration.FromHours(hours);

        Assert.Equal(
            isSeldom ? Watched : Otherwise, WatchRules.WakePeriod(Samples.Now, end, isRenewedInPlace, Watched, Otherwise));
    }
}

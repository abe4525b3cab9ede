using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class FaultRulesTests
{
    [Fact]
    public void After_WhenFaultsGoOn_WaitsLongerUpToALimit()
    {
        FaultRecord? record = null;
        Duration before = Duration.Zero;
        for (int i = 0; i < 60; i++)
        {
            record = FaultRules.After(record, new ProviderFault(ProviderFaultKind.Transient, "x"), Samples.Now, chance: 0);
            Duration wait = record.NotBefore - Samples.Now;
            Assert.True(wait >= before && wait > Duration.Zero && wait <= FaultRules.LongestWait);
            before = wait;
        }

        Assert.Equal(FaultRules.LongestWait * 0.5, before);
        Assert.Equal(60, record!.Count);
    }

    [Fact]
    public void After_WhenTheProviderAsksForLonger_Obeys()
    {
        Instant asked = Samples.Now + Duration.FromHours(2);
        ProviderFault throttled = new(ProviderFaultKind.Throttled, "429", asked);

        Assert.Equal(asked, FaultRules.After(null, throttled, Samples.Now, 0.5).NotBefore);
        Assert.Equal(
            Samples.Now + FaultRules.LongestAskedWait,
            FaultRules.After(null, throttled with { NotBefore = Samples.Now + Duration.FromDays(400) }, Samples.Now, 0.5).NotBefore);
    }

    [Fact]
    public void NotAsked_WhenTheProviderWantsToBeLeftAlone_WaitsUntilThenAndCountsNoFault()
    {
        ProviderFault alone = new(ProviderFaultKind.Throttled, "Another calendar was throttled.", Samples.Now + Duration.FromMinutes(1));
        FaultRecord third = new(ProviderFaultKind.Transient, 3, Samples.Now, "x");

        FaultRecord record = FaultRules.NotAsked(third, alone, Samples.Now, chance: 0.5);

        Assert.Equal((3, alone.NotBefore + (FaultRules.FirstWait * 0.5)), (record.Count, record.NotBefore));
        Assert.Equal(1, FaultRules.NotAsked(null, alone, Samples.Now, chance: 0).Count);
    }

    [Fact]
    public void After_WhenTheCursorIsLost_StartsAnewAtOnceButOnlyOnce()
    {
        ProviderFault lost = new(ProviderFaultKind.ResyncRequired, "410");
        FaultRecord first = FaultRules.After(null, lost, Samples.Now, 0.9);

        Assert.Equal(Samples.Now, first.NotBefore);
        Assert.True(FaultRules.After(first, lost, Samples.Now, 0.9).NotBefore > Samples.Now);
    }

    [Theory]
    [InlineData(2, 600, false)]
    [InlineData(3, 59, false)]
    [InlineData(3, 60, true)]
    public void Refusals_WhenEnoughAndLongEnough_EndALogin(int count, int seconds, bool isDead) => Assert.Equal(
        isDead,
        RefusalRules.IsDead(count, Samples.Now, Samples.Now + Duration.FromSeconds(seconds), Duration.FromMinutes(1)));
}

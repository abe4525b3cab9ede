using CalendarActors.Domain.Applications;
using CalendarActors.Gateway.RateLimits;
using CalendarActors.Grains.Interfaces.Applications;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace CalendarActors.Gateway.Tests.RateLimits;

public sealed class ApplicationLeaseTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private int _leases;

    [Theory]
    [InlineData(50, 500)]
    [InlineData(1, 500)]
    [InlineData(7, 0)]
    public async Task Requests_WhenMoreThanASecondAllows_AreLimitedExactly(int perSecond, int perMinute)
    {
        using ApplicationLease lease = Over(new RateBudget(perSecond, perMinute));

        RateVerdict[] verdicts = await TakeAsync(lease, perSecond + 20);

        Assert.Equal(perSecond, verdicts.Count(v => v.Kind is RateVerdictKind.Allowed));
        Assert.All(verdicts.Skip(perSecond), v => Assert.Equal(RateVerdict.Limited(1), v));
    }

    [Fact]
    public async Task Requests_WhenOneEachSecond_AreNeverChargedForUnusedPermits()
    {
        using ApplicationLease lease = Over(new RateBudget(50, 500));
        for (int second = 0; second < 600; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            RateVerdict[] verdicts = await TakeAsync(lease, second % 2 == 0 ? 3 : 1);
            Assert.All(verdicts, v => Assert.Equal(RateVerdictKind.Allowed, v.Kind));
        }
    }

    [Fact]
    public async Task Requests_WhenMoreThanAMinuteAllows_AreLimitedUntilTheWindowMovesOn()
    {
        using ApplicationLease lease = Over(new RateBudget(50, 500));
        int allowed = 0;
        RateVerdict last = default;
        for (int second = 0; second < 12; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            RateVerdict[] verdicts = await TakeAsync(lease, 60);
            allowed += verdicts.Count(v => v.Kind is RateVerdictKind.Allowed);
            last = verdicts[^1];
        }

        Assert.Equal(500, allowed);
        Assert.Equal(RateVerdictKind.Limited, last.Kind);
        Assert.InRange(last.RetryAfterSeconds, 40, 60);
        _time.Advance(TimeSpan.FromSeconds(last.RetryAfterSeconds));
        Assert.Equal(RateVerdictKind.Allowed, (await lease.TakeAsync(default)).Kind);
    }

    [Fact]
    public async Task Leases_WhenAnApplicationIsBusy_AreAHandfulASecond()
    {
        using ApplicationLease lease = Over(new RateBudget(0, 0));

        await TakeAsync(lease, 2000);

        Assert.InRange(_leases, 1, 20);
    }

    [Fact]
    public async Task Requests_WhenTheApplicationIsGone_AreRefusedWithinASecond()
    {
        bool isGone = false;
        using var lease = new ApplicationLease(
            _time, (wanted, _, _) => Task.FromResult(isGone ? new RateLease(true, 0, 0) : new RateLease(false, wanted, 0)));
        Assert.Equal(RateVerdict.Allowed, await lease.TakeAsync(default));
        isGone = true;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(RateVerdict.Gone, await lease.TakeAsync(default));
    }

    private static async Task<RateVerdict[]> TakeAsync(ApplicationLease lease, int times)
    {
        var verdicts = new RateVerdict[times];
        for (int i = 0; i < times; i++)
        {
            verdicts[i] = await lease.TakeAsync(default);
        }

        return verdicts;
    }

    private ApplicationLease Over(RateBudget budget) => new(_time, (wanted, unused, _) =>
    {
        _leases++;
        (int given, int retryAfter) = budget.Take(Instant.FromDateTimeOffset(_time.GetUtcNow()), wanted, unused);
        return Task.FromResult(new RateLease(false, given, retryAfter));
    });
}

using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Schedules;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Grains.Tests.Schedules;

public sealed class CachedCalendarTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly List<TaskCompletionSource<BusyTimes>> _asked = [];

    [Fact]
    public async Task Times_UntilItIsToldOtherwise_AreAskedForOnce()
    {
        CachedCalendar kept = Kept();
        Task<CachedBusyTimes> first = kept.TimesAsync(Lease);
        Task<CachedBusyTimes> second = kept.TimesAsync(Lease);
        _asked[0].SetResult(Told("a"));

        Assert.Same(await first, await second);
        _time.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Same(await first, await kept.TimesAsync(Lease));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Times_WhenTheLeaseIsOver_AreAskedForAnew()
    {
        CachedCalendar kept = Kept();
        Task<CachedBusyTimes> first = kept.TimesAsync(Lease);
        _asked[0].SetResult(Told("a"));
        await first;
        _time.Advance(Lease);

        Task<CachedBusyTimes> second = kept.TimesAsync(Lease);
        _asked[1].SetResult(Told("b"));

        Assert.Equal(2L, Assert.Single((await second).StartsOf("b")));
    }

    [Fact]
    public async Task Times_WhenTheWordComesWhileTheyAreAskedFor_AreNotKept()
    {
        CachedCalendar kept = Kept();
        Task<CachedBusyTimes> before = kept.TimesAsync(Lease);
        kept.Forget();
        Task<CachedBusyTimes> behind = kept.TimesAsync(Lease);
        _asked[1].SetResult(Told("new"));
        _asked[0].SetResult(Told("old"));

        Assert.Equal(2L, Assert.Single((await behind).StartsOf("new")));
        Assert.Equal(2L, Assert.Single((await before).StartsOf("old")));
        Assert.Equal(2L, Assert.Single((await kept.TimesAsync(Lease)).StartsOf("new")));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Times_WhenAskingFailed_AreAskedForAnew()
    {
        CachedCalendar kept = Kept();
        Task<CachedBusyTimes> first = kept.TimesAsync(Lease);
        _asked[0].SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        Task<CachedBusyTimes> second = kept.TimesAsync(Lease);
        _asked[1].SetResult(Told("a"));

        Assert.Equal(2L, Assert.Single((await second).StartsOf("a")));
    }

    private static BusyTimes Told(string client) => new([], [new OwnedStarts(client, [2])]);

    private CachedCalendar Kept() => new(_time, () =>
    {
        _asked.Add(new TaskCompletionSource<BusyTimes>());
        return _asked[^1].Task;
    });
}

using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Grains.Tests;

public sealed class CachedAnswerTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly List<TaskCompletionSource<string>> _asked = [];

    [Fact]
    public async Task Get_UntilItIsToldOtherwise_AsksOnce()
    {
        CachedAnswer<string> kept = Kept();
        Task<string> first = kept.GetAsync(Lease);
        Task<string> second = kept.GetAsync(Lease);
        _asked[0].SetResult("a");

        Assert.Same(await first, await second);
        _time.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Same(await first, await kept.GetAsync(Lease));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Get_WhenTheLeaseIsOver_AsksAnew()
    {
        CachedAnswer<string> kept = Kept();
        Task<string> first = kept.GetAsync(Lease);
        _asked[0].SetResult("a");
        await first;
        _time.Advance(Lease);

        Task<string> second = kept.GetAsync(Lease);
        _asked[1].SetResult("b");

        Assert.Equal("b", await second);
    }

    [Fact]
    public async Task Get_WhenTheWordComesWhileItAsks_KeepsNothingOfThat()
    {
        CachedAnswer<string> kept = Kept();
        Task<string> before = kept.GetAsync(Lease);
        kept.Forget();
        Task<string> behind = kept.GetAsync(Lease);
        _asked[1].SetResult("new");
        _asked[0].SetResult("old");

        Assert.Equal("new", await behind);
        Assert.Equal("old", await before);
        Assert.Equal("new", await kept.GetAsync(Lease));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Get_WhenAskingFailed_AsksAnew()
    {
        CachedAnswer<string> kept = Kept();
        Task<string> first = kept.GetAsync(Lease);
        _asked[0].SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        Task<string> second = kept.GetAsync(Lease);
        _asked[1].SetResult("a");

        Assert.Equal("a", await second);
    }

    private CachedAnswer<string> Kept() => new(_time, () =>
    {
        _asked.Add(new TaskCompletionSource<string>());
        return _asked[^1].Task;
    });
}

using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;
using NodaTime;

namespace CalendarActors.Grains.Tests.Sync;

[Collection(SharedCluster.Name)]
public sealed class CalendarWatchTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Watch_WhenItBegins_IsFollowedByAPullSoThatNothingFallsBetween()
    {
        TestLogin login = TestLogin.MakeWatched(cluster);
        login.Watching.Starting = request =>
        {
            if (login.Watching.Of(login.Remote.Id).Any(w => w.Request == request))
            {
                login.Remote.Put(TestLogin.Event("between", "Between"));
            }

            return Task.CompletedTask;
        };

        await login.ClaimAsync();
        await cluster.UntilAsync(() => login.ShowsAsync("Between"), "what changed while the watch began", TimeSpan.FromSeconds(30));

        login.Watching.Starting = null;
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Notification_WhenItComesBeforeTheWatchIsAnswered_IsBelieved()
    {
        TestLogin login = TestLogin.MakeWatched(cluster);
        bool? isBelieved = null;
        login.Watching.Starting = async request =>
        {
            if (login.Watching.Of(login.Remote.Id) is [var (mine, watch)] && mine == request)
            {
                isBelieved = await login.Hints.Notify(TestLogin.NoticeOf(request.Secret, watch, WatchNoticeKind.Started), default);
            }
        };

        await login.ClaimAsync();
        await cluster.UntilAsync(() => Task.FromResult(isBelieved is not null), "the watch starts");

        Assert.True(isBelieved);
        login.Watching.Starting = null;
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Notification_WhenItsChangeCannotBeReadYet_IsLookedAtAgain()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        int before = login.Pulls;
        await login.TellAsync();
        await cluster.UntilAsync(() => Task.FromResult(login.Pulls > before), "the pull that brings nothing", TimeSpan.FromSeconds(3));
        await cluster.PassAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1));
        login.Remote.Put(TestLogin.Event("lag", "Lagging"));

        await cluster.UntilAsync(() => login.ShowsAsync("Lagging"), "the change that lagged", TimeSpan.FromSeconds(60));

        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Notification_WhenTheActivationEndsBeforeItsChangeCanBeRead_IsLookedAtAgain()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        int before = login.Pulls;
        await login.TellAsync();
        await cluster.UntilAsync(() => Task.FromResult(login.Pulls > before), "the pull that brings nothing", TimeSpan.FromSeconds(3));
        await cluster.Silos.DeactivateAsync(login.Calendar);
        login.Remote.Put(TestLogin.Event("lag", "Lagging over the end"));

        await login.Calendar.Wake(default);
        await cluster.UntilAsync(() => login.ShowsAsync("Lagging over the end"), "the change that lagged", TimeSpan.FromSeconds(40));

        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenItWasAwayWhileTheProviderTold_LooksSoonAlthoughItIsWatched()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        await cluster.Silos.DeactivateAsync(login.Calendar);
        login.Remote.Put(TestLogin.Event("away", "Told to nobody"));

        await login.Calendar.Wake(default);

        await cluster.UntilAsync(() => login.ShowsAsync("Told to nobody"), "the change is seen", TimeSpan.FromMinutes(3));
        Assert.Equal(1, login.Watching.Calls.Count(c => c == ("start", login.Remote.Id)));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Notification_WhenNobodyKnowsItsSecret_IsDroppedAndItsWatchStopped()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        int pulls = login.Pulls;
        int stops = login.Watching.Calls.Count(c => c == ("stop", ""));

        bool isBelieved = await login.Hints.Notify(
            TestLogin.NoticeOf("forged", new ProviderWatch("stranger", "res", Instant.MaxValue)), default);
        await cluster.UntilAsync(
            () => Task.FromResult(login.Watching.Calls.Count(c => c == ("stop", "")) > stops), "the stranger is stopped");
        await cluster.PassAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));

        Assert.False(isBelieved);
        Assert.Equal(pulls, login.Pulls);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Hints_WhenTwentyThousandStorm_CauseFewPulls()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        (WatchRequest request, ProviderWatch watch) = login.Watching.Of(login.Remote.Id).Single();
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        login.Provider.Before = (call, _) => call.Kind == ProviderCallKind.Pull && call.CalendarId == login.Remote.Id ? held.Task : Task.CompletedTask;
        int before = login.Pulls;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 20_000),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, token) => await login.Hints.Notify(TestLogin.NoticeOf(request.Secret, watch), token));
        held.SetResult();
        login.Provider.Before = null;
        for (int i = 0; i < 20; i++)
        {
            await CalendarCluster.LetWorkRunAsync();
        }

        // One that was running, and one for all that came meanwhile.
        Assert.InRange(login.Pulls - before, 1, 2);
        await login.Connection.Revoke(default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calendar_WhenWatchedAndIdleForAWeek_IsNeverUnwatchedAndCostsFewCalls(bool isRenewedInPlace)
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster, isRenewedInPlace);
        int before = login.CallCount;
        const int Days = 7;
        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromDays(Days); passed += TimeSpan.FromMinutes(10))
        {
            await cluster.PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
            Assert.NotEmpty(login.Watching.Of(login.Remote.Id));
        }

        int calls = login.CallCount - before;
        Assert.InRange(calls, Days, 8 * Days);
        Assert.Contains(login.Watching.Calls, c => c.CalendarId == login.Remote.Id && c.Call == (isRenewedInPlace ? "renew" : "stop"));
        Assert.Single(login.Watching.Of(login.Remote.Id));
        Assert.Single(await login.Calendar.Watches(default));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenEveryNotificationIsLost_IsKeptEqualByPolls()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        login.Remote.Put(TestLogin.Event("first", "First"));
        await cluster.UntilAsync(
            () => login.ShowsAsync("First"), "the slow poll", TimeSpan.FromHours(7), TimeSpan.FromMinutes(1));

        login.Remote.Put(TestLogin.Event("second", "Second"));
        await cluster.UntilAsync(
            () => login.ShowsAsync("Second"), "a deaf watch is polled as if there were none", TimeSpan.FromMinutes(3));

        await login.Connection.Revoke(default);
    }

    [Theory]
    [InlineData(WatchNoticeKind.Removed)]
    [InlineData(WatchNoticeKind.RenewalDemanded)]
    public async Task Watch_WhenTheProviderSpeaksAboutIt_IsStartedAnewOrRenewed(WatchNoticeKind kind)
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster, isRenewedInPlace: true);
        if (kind == WatchNoticeKind.Removed)
        {
            (WatchRequest request, ProviderWatch watch) = login.Watching.Of(login.Remote.Id).Single();
            login.Watching.Drop(watch.Id);
            Assert.True(await login.Hints.Notify(TestLogin.NoticeOf(request.Secret, watch, kind), default));
        }
        else
        {
            await login.TellAsync(kind);
        }

        string expected = kind == WatchNoticeKind.Removed ? "start" : "renew";
        await cluster.UntilAsync(
            () => Task.FromResult(login.Watching.Calls.Last(c => c.CalendarId == login.Remote.Id).Call == expected
                && login.Watching.Calls.Count(c => c.CalendarId == login.Remote.Id) == 2),
            expected,
            TimeSpan.FromSeconds(30));

        Assert.Single(login.Watching.Of(login.Remote.Id));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Watch_WhenItCannotBeStarted_LeavesTheCalendarPolled()
    {
        TestLogin login = TestLogin.MakeWatched(cluster);
        login.Watching.FailNext(ProviderFaultKind.Rejected);
        await login.ClaimAsync();
        await cluster.UntilAsync(
            async () => await login.Calendar.Status(default) is { LastSynced: not null }, "the first pull", TimeSpan.FromSeconds(30));
        login.Remote.Put(TestLogin.Event("polled", "Polled"));

        await cluster.UntilAsync(() => login.ShowsAsync("Polled"), "the poll", TimeSpan.FromMinutes(3));
        await cluster.UntilAsync(
            async () => !(await login.Calendar.Watches(default)).IsEmpty, "the next attempt", TimeSpan.FromMinutes(5));

        await login.Connection.Revoke(default);
    }
}

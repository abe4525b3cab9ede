using System.Security.Cryptography;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Connections;

[Collection(SharedCluster.Name)]
public sealed class CalendarListWatchTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Calendar_WhenMadeAtAProviderThatTellsOfIt_IsListedAndPulledAtOnce()
    {
        TestLogin login = await ListWatchedAsync();
        InMemoryCalendar second = login.Provider.AddCalendar(login.User, "Second");
        await login.TellOfTheListAsync();

        await cluster.UntilAsync(() => IsListedAsync(login, "Second"), "the new calendar is listed", TimeSpan.FromSeconds(4));
        await cluster.UntilAsync(
            () => Task.FromResult(login.Watching.Of(second.Id).Length == 1), "and watched", TimeSpan.FromSeconds(10));

        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenMadeWhileTheListIsRead_IsListedByAnotherReading()
    {
        TestLogin login = await ListWatchedAsync();
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        login.Provider.After = (call, _) =>
        {
            bool isIts = call.Kind == ProviderCallKind.ListCalendars && call.User == login.User;
            return isIts && reached.TrySetResult() ? held.Task : Task.CompletedTask;
        };
        await login.TellOfTheListAsync();
        await reached.Task;
        login.Provider.AddCalendar(login.User, "Late");
        await login.TellOfTheListAsync();
        held.SetResult();

        await cluster.UntilAsync(() => IsListedAsync(login, "Late"), "the calendar made meanwhile", TimeSpan.FromSeconds(3));

        login.Provider.After = null;
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenItCannotBeListedYet_IsLookedForAgain()
    {
        TestLogin login = await ListWatchedAsync();
        int before = Listings(login);
        await login.TellOfTheListAsync();
        await cluster.UntilAsync(() => Task.FromResult(Listings(login) > before), "the list without it", TimeSpan.FromSeconds(4));
        await cluster.PassAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1));
        login.Provider.AddCalendar(login.User, "Lagging");

        await cluster.UntilAsync(() => IsListedAsync(login, "Lagging"), "the calendar that lagged", TimeSpan.FromSeconds(60));

        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenMadeWhileTheWatchBegins_IsListed()
    {
        TestLogin login = TestLogin.MakeWatched(cluster);
        login.Watching.Starting = request =>
        {
            if (login.Watching.Of(login.ListName).Any(w => w.Request == request))
            {
                login.Provider.AddCalendar(login.User, "Between");
            }

            return Task.CompletedTask;
        };

        await login.ClaimAsync();
        await cluster.UntilAsync(() => IsListedAsync(login, "Between"), "what was made meanwhile", TimeSpan.FromSeconds(30));

        login.Watching.Starting = null;
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenNobodyTellsOfIt_IsListedWithinHalfADay()
    {
        TestLogin login = await ListWatchedAsync();
        login.Provider.AddCalendar(login.User, "Silent");

        await cluster.UntilAsync(
            () => IsListedAsync(login, "Silent"), "the silent calendar", TimeSpan.FromHours(14), TimeSpan.FromMinutes(5));

        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task List_WhenItCannotBeWatched_IsReadEveryHour()
    {
        TestLogin login = TestLogin.MakeWatched(cluster);
        login.Watching.FailNext(ProviderFaultKind.Transient, times: 8, ofLists: true);
        await login.ClaimAsync();
        await cluster.PassAsync(TimeSpan.FromMinutes(2));
        login.Provider.AddCalendar(login.User, "Unwatched");

        await cluster.UntilAsync(
            () => IsListedAsync(login, "Unwatched"), "the hourly listing", TimeSpan.FromMinutes(70), TimeSpan.FromMinutes(1));
        Assert.Empty(login.Watching.Of(login.ListName));
        await cluster.UntilAsync(
            () => Task.FromResult(login.Watching.Of(login.ListName).Length == 1), "the watch at last", TimeSpan.FromDays(2), TimeSpan.FromMinutes(20));

        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task List_WhenWatchedForTwoWeeks_IsNeverUnwatched()
    {
        TestLogin login = await ListWatchedAsync();
        string first = login.Watching.Of(login.ListName)[0].Watch.Id;
        for (int step = 0; step < 14 * 24; step++)
        {
            await cluster.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(30));
            Assert.NotEmpty(login.Watching.Of(login.ListName));
        }

        Assert.NotEqual(first, Assert.Single(login.Watching.Of(login.ListName)).Watch.Id);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Notification_WhenNobodyKnowsItsSecret_IsDroppedAndItsWatchStopped()
    {
        TestLogin login = await ListWatchedAsync();
        int before = Listings(login);
        int Stops() => login.Watching.Calls.Count(c => c == ("stop", ""));
        int stops = Stops();

        Assert.False(await HintsOf(login).Notify(
            new WatchNotice([.. SHA256.HashData([1])], WatchNoticeKind.Changed, "stranger", "resource"), default));
        await cluster.UntilAsync(
            () => Task.FromResult(Stops() > stops), "the stranger is stopped", TimeSpan.FromSeconds(30));
        await cluster.PassAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));

        Assert.Equal(before, Listings(login));
        await login.Connection.Revoke(default);
        await cluster.UntilAsync(
            () => Task.FromResult(login.Watching.Of(login.ListName).IsEmpty), "the list's own watch is stopped");
        Assert.False(await HintsOf(login).Notify(
            new WatchNotice([.. SHA256.HashData([1])], WatchNoticeKind.Changed, "late", "resource"), default));
        Assert.Null(cluster.Rows.Bytes("connection.outbox", login.ConnectionId));
    }

    [Fact]
    public async Task Hints_WhenTwentyThousandStorm_CauseFewListings()
    {
        TestLogin login = await ListWatchedAsync();
        (WatchRequest request, ProviderWatch watch) = login.Watching.Of(login.ListName).Single();
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        login.Provider.Before = (call, _) =>
            call.Kind == ProviderCallKind.ListCalendars && call.User == login.User ? held.Task : Task.CompletedTask;
        int before = Listings(login);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 20_000),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, token) => await HintsOf(login).Notify(TestLogin.NoticeOf(request.Secret, watch), token));
        held.SetResult();
        login.Provider.Before = null;
        for (int i = 0; i < 20; i++)
        {
            await CalendarCluster.LetWorkRunAsync();
        }

        // One that was running, and one for all that came meanwhile.
        Assert.InRange(Listings(login) - before, 1, 2);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Login_WhenTakenAwayWhileItsWatchBegins_LeavesNoWatch()
    {
        TestLogin login = TestLogin.MakeWatched(cluster);
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        login.Watching.Starting = request =>
        {
            bool isIts = login.Watching.Of(login.ListName).Any(w => w.Request == request);
            return isIts && reached.TrySetResult() ? held.Task : Task.CompletedTask;
        };
        Task claim = login.ClaimAsync();
        await cluster.UntilAsync(() => Task.FromResult(reached.Task.IsCompleted), "the watch begins");
        Task revoke = login.Connection.Revoke(default);
        await cluster.UntilAsync(async () => await login.Connection.Summary(default) is null, "the login is taken away");
        held.SetResult();

        await cluster.UntilAsync(
            () => Task.FromResult(login.Watching.Of(login.ListName).IsEmpty), "the watch that began is stopped", TimeSpan.FromSeconds(30));
        login.Watching.Starting = null;
        await Task.WhenAll(claim, revoke);
    }

    private static int Listings(TestLogin login) =>
        login.Provider.Calls.Count(c => c.Kind == ProviderCallKind.ListCalendars && c.User == login.User);

    private static async Task<bool> IsListedAsync(TestLogin login, string name) =>
        (await login.Connection.Summary(default))!.Calendars.Any(c => c.Name == name && !c.IsDeleted);

    private IConnectionHints HintsOf(TestLogin login) => cluster.Grains.GetGrain<IConnectionHints>(login.ConnectionId);

    /// <summary>A login whose list is watched, and read since.</summary>
    private async Task<TestLogin> ListWatchedAsync()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        await cluster.UntilAsync(
            () => Task.FromResult(login.Watching.Of(login.ListName).Length == 1 && Listings(login) > 0), "the list is watched");
        return login;
    }
}

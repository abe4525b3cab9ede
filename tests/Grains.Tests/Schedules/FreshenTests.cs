using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;
using NodaTime;

namespace CalendarActors.Grains.Tests.Schedules;

/// <summary>Asking for calendars that are no older than somebody bears.</summary>
[Collection(SharedCluster.Name)]
public sealed class FreshenTests(CalendarCluster cluster)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private Instant Now => Instant.FromDateTimeOffset(cluster.Time.GetUtcNow());

    [Fact]
    public async Task Freshen_WhenTheCalendarIsYoungEnough_AsksNobody()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        CalendarStatus before = await login.Calendar.Status(default);
        login.Remote.Put(TestLogin.Event("a", "Lunch"));

        await login.Calendar.Freshen(before.LastSynced!.Value, Wait, default);

        Assert.Equal(before.LastSynced, (await login.Calendar.Status(default)).LastSynced);
    }

    [Fact]
    public async Task Freshen_WhenTheCalendarIsTooOld_ReturnsWithWhatIsThereNow()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        login.Remote.Put(TestLogin.Event("a", "Lunch"));
        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        Instant since = Now;

        await login.Calendar.Freshen(since, Wait, default);

        Assert.True((await login.Calendar.Status(default)).LastSynced >= since);
        Assert.Single((await login.ReadAsync()).Entries);
    }

    [Fact]
    public async Task Freshen_WhenAPullIsUnderwayThatBeganBefore_WaitsForTheNext()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        TaskCompletionSource[] answers = [.. Enumerable.Range(0, 2).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        int pulls = 0;
        login.Provider.After = (call, _) => call.Kind == ProviderCallKind.Pull && call.User == login.User && pulls < 2
            ? answers[pulls++].Task
            : Task.CompletedTask;
        try
        {
            await login.Calendar.Hint(default);
            await cluster.UntilAsync(() => Task.FromResult(pulls == 1), "a pull is underway");
            cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
            login.Remote.Put(TestLogin.Event("a", "Lunch"));
            Task freshening = login.Calendar.Freshen(Now, Wait, default);
            await CalendarCluster.LetWorkRunAsync();

            answers[0].SetResult();
            await cluster.UntilAsync(() => Task.FromResult(pulls == 2), "the next pull is underway");
            await CalendarCluster.LetWorkRunAsync();
            Assert.False(freshening.IsCompleted);

            answers[1].SetResult();
            await freshening;
            Assert.Single((await login.ReadAsync()).Entries);
        }
        finally
        {
            login.Provider.After = null;
        }
    }

    [Fact]
    public async Task Freshen_WhenTheProviderDoesNotAnswer_ReturnsAfterTheWait()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        CalendarStatus before = await login.Calendar.Status(default);
        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        login.Provider.SetPassword(login.User, "changed");

        Task freshening = login.Calendar.Freshen(Now, Wait, default);
        await cluster.UntilAsync(() => Task.FromResult(freshening.IsCompleted), "the wait is over", TimeSpan.FromSeconds(10));
        await freshening;

        Assert.Equal(before.LastSynced, (await login.Calendar.Status(default)).LastSynced);
    }
}

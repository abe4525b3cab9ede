using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Connections;

[Collection(SharedCluster.Name)]
public sealed class ConnectionNewsTests(CalendarCluster cluster)
{
    [Fact]
    public async Task InitialSync_WhenTheLastCalendarWasReadOnce_IsToldOnceAProfile()
    {
        TestLogin login = TestLogin.Make(cluster);
        InMemoryCalendar second = cluster.Provider.AddCalendar(login.User, "Second");
        Told told = await Told.OfAsync(login);
        await login.ClaimAsync();
        await login.UntilSyncedAsync();
        await told.UntilAsync(NewsKind.InitialSyncCompleted);
        await UntilListedAsync(told, () => Task.FromResult(told.Heard.Count(e => e.Kind == NewsKind.CalendarsChanged) >= 2), "the second is listed");

        // A calendar that comes later, and the same login proved again, are no initial sync.
        cluster.Provider.AddCalendar(login.User, "Third");
        await UntilListedAsync(
            told, async () => (await login.Connection.Summary(default)) is { Calendars.Length: 3, InitialSyncRequired: false }, "the third is read");
        await login.ClaimAsync();
        await login.UntilSyncedAsync();
        await told.HearAsync();

        FeedEntry entry = Assert.Single(told.Heard, e => e.Kind == NewsKind.InitialSyncCompleted);
        Assert.Equal((login.ConnectionId, login.ConnectionId), (entry.SourceId, entry.ConnectionId));
        Assert.False(second.IsGone);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Login_WhenItDies_IsToldOnceThePersonsListShowsIt()
    {
        (TestLogin login, Told told) = await ListenedAsync();
        cluster.Provider.SetPassword(login.User, "changed");
        await login.Calendar.Hint(default);

        await told.UntilAsync(NewsKind.Disconnected);

        Assert.Equal(ConnectionState.Disconnected, (await login.Person.View(default)).Connections[0].State);
        await login.ClaimAsync(password: "changed");
        await login.UntilSyncedAsync();
        await told.HearAsync();
        Assert.Single(told.Heard);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendars_WhenTheListIsAnother_IsToldEachTime()
    {
        (TestLogin login, Told told) = await ListenedAsync();
        login.Remote.Name = "Renamed";
        await UntilHeardAsync(told, NewsKind.CalendarsChanged);
        Assert.Contains((await login.Person.View(default)).Connections[0].Calendars, c => c.Name == "Renamed");

        login.Remote.IsReadOnly = true;
        await UntilHeardAsync(told, NewsKind.CalendarsChanged);

        InMemoryCalendar second = cluster.Provider.AddCalendar(login.User, "Second");
        await UntilHeardAsync(told, NewsKind.CalendarsChanged);

        second.IsGone = true;
        await UntilHeardAsync(told, NewsKind.CalendarsChanged);

        // Nothing is different, so nothing is told.
        await told.NextAsync();
        await cluster.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));
        Assert.Empty(await told.NextAsync(NewsKind.CalendarsChanged));

        await login.Connection.Revoke(default);
        await told.UntilAsync(NewsKind.CalendarsChanged);
        Assert.Empty((await login.Person.View(default)).Connections);
        await cluster.UntilAsync(
            () => Task.FromResult(cluster.Rows.Bytes(StorageNames.ConnectionOutbox, login.ConnectionId) is null), "nothing is owed");
    }

    [Fact]
    public async Task Death_WhenTheProcessEndsAtAnyDurableStep_IsToldOnce()
    {
        int steps = await RunAsync(failAt: int.MaxValue, isAfter: false);
        Assert.InRange(steps, 5, 30);
        for (int step = 1; step <= steps; step++)
        {
            await RunAsync(step, isAfter: false);
            await RunAsync(step, isAfter: true);
        }
    }

    private async Task<int> RunAsync(int failAt, bool isAfter)
    {
        (TestLogin login, Told told) = await ListenedAsync();
        List<string> steps = [];
        int durable;
        int seen = 0;
        bool isDead = false;
        bool Fails(StoredRows.Write write, bool after)
        {
            if (write.Key != login.ConnectionId && write.Key != login.PersonId)
            {
                return false;
            }

            lock (steps)
            {
                steps.Add($"{write.State} {after}");
                return isDead ? !after
                    : after ? isDead = isAfter && seen == failAt
                    : isDead = ++seen == failAt && !isAfter;
            }
        }

        cluster.Rows.FailBefore = w => Fails(w, after: false);
        cluster.Rows.FailAfter = w => Fails(w, after: true);
        try
        {
            cluster.Provider.SetPassword(login.User, "changed");
            bool IsOver() => cluster.Rows.Bytes(StorageNames.PersonFeed, login.PersonId) is not null
                && cluster.Rows.Bytes(StorageNames.ConnectionOutbox, login.ConnectionId) is null;
            await login.Calendar.Hint(default);
            await cluster.UntilAsync(
                () => Task.FromResult(isDead || IsOver()),
                $"the login is dead, or the process at {failAt}",
                step: TimeSpan.FromSeconds(5));
            durable = seen;
            cluster.Rows.FailBefore = isDead ? cluster.Rows.FailBefore : null;
            cluster.Rows.FailAfter = isDead ? cluster.Rows.FailAfter : null;
            if (isDead)
            {
                await cluster.Silos.DeactivateAsync(login.Connection);
                await cluster.Silos.DeactivateAsync(login.Person);
                cluster.Rows.FailBefore = null;
                cluster.Rows.FailAfter = null;

                // What a sweep does.
                await login.Connection.Wake(default);
            }

            string where = $"{(isAfter ? "after" : "before")} {failAt}: {string.Join(", ", steps)}";
            await told.UntilAsync(NewsKind.Disconnected, where);
            await cluster.UntilAsync(
                () => Task.FromResult(cluster.Rows.Bytes(StorageNames.ConnectionOutbox, login.ConnectionId) is null), "nothing is owed");
            await told.HearAsync();
            Assert.InRange(told.Heard.Count(e => e.Kind == NewsKind.Disconnected), 1, isDead ? 2 : 1);
            Assert.Equal(ConnectionState.Disconnected, (await login.Person.View(default)).Connections[0].State);
            Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, login.PersonId));
        }
        finally
        {
            cluster.Rows.FailBefore = null;
            cluster.Rows.FailAfter = null;
        }

        await login.Connection.Revoke(default);
        return durable;
    }

    private async Task<(TestLogin Login, Told Told)> ListenedAsync()
    {
        TestLogin login = TestLogin.Make(cluster);
        Told told = await Told.OfAsync(login);
        await login.ClaimAsync();
        await login.UntilSyncedAsync();
        await told.UntilAsync(NewsKind.InitialSyncCompleted);
        await told.NextAsync();
        return (login, told);
    }

    private async Task UntilHeardAsync(Told told, NewsKind kind)
    {
        await told.NextAsync();
        await UntilListedAsync(told, () => Task.FromResult(told.Heard.Any(e => e.Kind == kind)), $"{kind} is told");
    }

    private Task UntilListedAsync(Told told, Func<Task<bool>> isSo, string what) => cluster.UntilAsync(
        async () =>
        {
            await told.HearAsync();
            return await isSo();
        },
        what,
        TimeSpan.FromHours(3),
        TimeSpan.FromSeconds(30));
}

using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Connections;

[Collection(SharedCluster.Name)]
public sealed class ConnectionGrainTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Claim_WhenSomebodyElseHasTheLogin_ChangesNothing()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);

        ClaimAnswer answer = await login.ClaimAsync("per_stranger", "another");

        Assert.Equal((login.PersonId, null), (answer.OwnerPersonId, answer.Summary));
        await login.UntilSyncedAsync();
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Login_WhenLentToACalendar_ComesWithItsAddresses()
    {
        TestLogin login = TestLogin.Make(cluster);

        await login.ClaimAsync(email: "me@example.com");
        await login.UntilSyncedAsync();

        Assert.All(
            cluster.Provider.Calls.Where(c => c.User == login.User && c.Kind == ProviderCallKind.Pull),
            call => Assert.Equal(["me@example.com"], call.Addresses));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Login_WhenRefusedOnce_StaysConnected()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        Func<int> pulls = login.FailOnce(ProviderCallKind.Pull, ProviderFaultKind.AuthDead);

        await login.UntilSyncedAsync();
        cluster.Provider.FaultScript = null;

        Assert.True(pulls() > 1);
        Assert.Equal(ConnectionState.Connected, (await login.Connection.Summary(default))!.State);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Login_WhenRefusedForGood_IsDisconnectedUntilItsPersonClaimsItAgain()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("a", "Lunch")));
        string calendar = login.CalendarId;
        cluster.Provider.SetPassword(login.User, "changed");
        await login.Calendar.Hint(default);

        await cluster.UntilAsync(
            async () => (await login.Person.View(default)).Connections[0].State == ConnectionState.Disconnected,
            "the person learns that the login is dead");
        await cluster.UntilAsync(
            async () => await login.UpsertAsync("e", "x") == WriteAnswer.Disconnected, "the calendar is suspended");
        Assert.NotNull((await login.Connection.Summary(default))!.Reason);
        Assert.Single((await login.ReadAsync()).Entries, e => e.EventId is null);
        Assert.Null((await login.Connection.Lease(default)).Access);

        await login.ClaimAsync(password: "changed");

        await login.UntilSyncedAsync();
        ConnectionSummary again = (await login.Connection.Summary(default))!;
        Assert.Equal((ConnectionState.Connected, null), (again.State, again.Reason));
        Assert.Equal(calendar, Assert.Single(again.Calendars).CalendarId);
        Assert.Equal(WriteAnswer.Accepted, await login.UpsertAsync("e", "y"));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Refusal_WhenItIsOfAnOlderCredential_CountsForNothing()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        long old = (await login.Connection.Lease(default)).TokenVersion;
        await login.ClaimAsync();

        // A listing that succeeds would forgive refusals, and hide that they were counted.
        cluster.Provider.FaultScript = call => call.Kind == ProviderCallKind.ListCalendars
            ? new ProviderFault(ProviderFaultKind.Transient, "x")
            : null;
        for (int i = 0; i < 5; i++)
        {
            await login.Connection.ReportFault(old, ProviderFaultKind.AuthDead, "401", null, default);
            await cluster.PassAsync(TimeSpan.FromSeconds(30));
        }

        cluster.Provider.FaultScript = null;

        Assert.Equal(ConnectionState.Connected, (await login.Connection.Summary(default))!.State);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendars_WhenListedAgain_AreAddedRenamedAndMarkedDeleted()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        InMemoryCalendar second = cluster.Provider.AddCalendar(login.User, "Second");
        login.Remote.Name = "Renamed";
        await cluster.UntilAsync(
            async () => (await login.Person.View(default)).Connections[0].Calendars.Length == 2,
            "the second calendar is listed",
            TimeSpan.FromHours(2),
            TimeSpan.FromSeconds(30));
        Assert.Contains((await login.Connection.Summary(default))!.Calendars, c => c.Name == "Renamed");

        second.IsGone = true;
        await cluster.UntilAsync(
            async () => (await login.Person.View(default)).Connections[0].Calendars.Any(c => c.Name == "Second" && c.IsDeleted),
            "the second calendar is deleted",
            TimeSpan.FromHours(2),
            TimeSpan.FromSeconds(30));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendars_WhenTheyCannotBeListedForHours_AreAskedForLessAndLessOften()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        cluster.Provider.FaultScript = call => call.Kind == ProviderCallKind.ListCalendars && call.User == login.User
            ? new ProviderFault(ProviderFaultKind.Transient, "Down.")
            : null;
        int before = Listings(login);
        await cluster.PassAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(1));
        int after = Listings(login);
        cluster.Provider.FaultScript = null;

        Assert.InRange(after - before, 3, 40);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenItBecomesReadOnly_RefusesWrites()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        login.Remote.IsReadOnly = true;

        await cluster.UntilAsync(
            async () => await login.UpsertAsync("e", "x") == WriteAnswer.ReadOnly,
            "the calendar refuses",
            TimeSpan.FromHours(2),
            TimeSpan.FromSeconds(30));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task CreateCalendar_WhenTheProviderMakesIt_TakesWritesAtOnce()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);

        CreateCalendarAnswer made = await login.Connection.CreateCalendar("New", "#112233", default);

        ICalendarGrain calendar = cluster.Grains.GetGrain<ICalendarGrain>(made.Calendar!.CalendarId);
        Assert.Equal(WriteAnswer.Accepted, await calendar.Upsert(new UpsertEvent("app_1", "e", TestLogin.Change("x")), default));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Revoke_WhenConnected_LeavesNoRowAndNoEntry()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("a", "Lunch")));
        await login.UpsertAsync("e", "x");

        await login.Connection.Revoke(default);

        await cluster.UntilAsync(
            async () => (await login.Person.View(default)).Connections.IsEmpty, "the person's list drops it");
        await cluster.UntilAsync(
            () => Task.FromResult(cluster.Rows.Bytes(StorageNames.CalendarMeta, login.CalendarId) is null),
            "the calendar forgets");
        Assert.Null(cluster.Rows.Bytes(StorageNames.CalendarSchedule, login.CalendarId));
        Assert.Null(cluster.Rows.Bytes(StorageNames.CalendarOutbox, login.CalendarId));
        Assert.Null(cluster.Rows.Bytes(StorageNames.ConnectionTokens, login.ConnectionId));
        Assert.Null(await login.Connection.Summary(default));
        Assert.Equal(WriteAnswer.NoSuchCalendar, await login.UpsertAsync("e", "x"));
    }

    private static int Listings(TestLogin login) =>
        login.Provider.Calls.Count(c => c.Kind == ProviderCallKind.ListCalendars && c.User == login.User);
}

using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Sync;

[Collection(SharedCluster.Name)]
public sealed class CalendarGrainTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Connect_WhenTheProviderHasEvents_ShowsThem()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("a", "Lunch")));

        EventEntry entry = Assert.Single((await login.ReadAsync()).Entries);
        Assert.Equal("Lunch", entry.Content.Summary);
        Assert.Null(entry.EventId);
        Assert.StartsWith("evt_external_", entry.Uid, StringComparison.Ordinal);
        ConnectionSummary shown = Assert.Single((await login.Person.View(default)).Connections);
        Assert.Equal(login.CalendarId, Assert.Single(shown.Calendars).CalendarId);
    }

    [Fact]
    public async Task Upsert_WhenAccepted_IsReadAtOnceAndReachesTheProviderOnce()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);

        Assert.Equal(WriteAnswer.Accepted, await login.UpsertAsync("e1", "Ours"));

        EventEntry entry = Assert.Single((await login.ReadAsync()).Entries);
        Assert.Equal(("e1", "Ours"), (entry.EventId, entry.Content.Summary));
        await login.UntilSyncedAsync();
        Assert.Equal("Ours", Assert.Single(login.Remote.Items.Values).Object.Master!.Content.Summary);
        EventEntry confirmed = Assert.Single((await login.ReadAsync()).Entries);
        Assert.Equal(entry.Uid, confirmed.Uid);
        Assert.False(confirmed.IsPending);
        Assert.Equal(1, login.Remote.ChangeCount);
        await login.UntilNothingIsOwedAsync();
    }

    [Fact]
    public async Task Delete_WhenTheEventExists_TakesItAwayAndLeavesATombstone()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("e1", "Ours");
        await login.UntilSyncedAsync();

        Assert.Equal(WriteAnswer.Accepted, await login.DeleteAsync("e1"));

        Assert.Empty((await login.ReadAsync()).Entries);
        Assert.True(Assert.Single((await login.ReadAsync(includeDeleted: true)).Entries).IsDeleted);
        await login.UntilSyncedAsync();
        Assert.Empty(login.Remote.Items);
        Assert.True(Assert.Single((await login.ReadAsync(includeDeleted: true)).Entries).IsDeleted);
    }

    [Fact]
    public async Task Upsert_WhenTheCalendarIsNative_IsCommittedAtOnce()
    {
        IConnectionGrain connection = cluster.Grains.GetGrain<IConnectionGrain>("pro_native1");
        await connection.Claim(new ClaimConnection("per_native1", ProviderNames.Native, "Application", null, null, []), default);
        CreateCalendarAnswer made = await connection.CreateCalendar("Rooms", null, default);
        ICalendarGrain calendar = cluster.Grains.GetGrain<ICalendarGrain>(made.Calendar!.CalendarId);

        Assert.Equal(WriteAnswer.Accepted, await calendar.Upsert(new UpsertEvent("app_1", "e", TestLogin.Change("Native")), default));

        CalendarQuery query = new("app_1", null, null, "Etc/UTC", ManagedEvents.Only, false, false, null, null, 100);
        EventEntry entry = Assert.Single((await calendar.Read(query, default)).Entries);
        Assert.Equal(("e", "Native", false), (entry.EventId, entry.Content.Summary, entry.IsPending));
        Assert.Single((await calendar.ReadBusy(query, default)).Entries);
        await calendar.Delete("app_1", "e", default);
        Assert.Empty((await calendar.Read(query, default)).Entries);
        Assert.False((await connection.Summary(default))!.InitialSyncRequired);
    }

    [Fact]
    public async Task Hint_WhenTheClockMovesWithEveryLookAtIt_IsFollowedAtOnce()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        int before = login.Pulls;
        cluster.Time.AutoAdvanceAmount = TimeSpan.FromTicks(1);
        try
        {
            await login.Calendar.Hint(default);
            await cluster.UntilAsync(
                () => Task.FromResult(login.Pulls > before), "the hint is followed", TimeSpan.FromSeconds(1));
        }
        finally
        {
            cluster.Time.AutoAdvanceAmount = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task Hint_DuringAPull_CausesExactlyOneMore()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        int before = login.Pulls;
        TaskCompletionSource entered = new();
        TaskCompletionSource go = new();
        int held = 0;
        cluster.Provider.Before = async (call, _) =>
        {
            if (call.Kind == ProviderCallKind.Pull && call.CalendarId == login.Remote.Id && Interlocked.Increment(ref held) == 1)
            {
                entered.SetResult();
                await go.Task;
            }
        };
        await login.Calendar.Hint(default);
        await entered.Task;

        for (int i = 0; i < 5; i++)
        {
            await login.Calendar.Hint(default);
        }

        go.SetResult();
        await cluster.UntilAsync(
            () => Task.FromResult(login.Pulls == before + 2), "the hints are followed", TimeSpan.FromSeconds(15));
        cluster.Provider.Before = null;

        // Five hints, one pull; the next poll is further away than this.
        await cluster.PassAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(before + 2, login.Pulls);
    }
}

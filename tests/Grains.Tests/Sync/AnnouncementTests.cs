using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;
using NodaTime;

namespace CalendarActors.Grains.Tests.Sync;

[Collection(SharedCluster.Name)]
public sealed class AnnouncementTests(CalendarCluster cluster)
{
    private static readonly ChangeOrigin External = new(null, null);

    private static readonly ChangeOrigin Own = new(TestLogin.Client, TestLogin.Client);

    [Fact]
    public async Task FirstPull_WhenItIsCommitted_IsOneChange()
    {
        TestLogin login = TestLogin.Make(cluster);
        Told told = await Told.OfAsync(login);
        Fill(login, 3);

        await login.ClaimAsync();
        await login.UntilSyncedAsync();
        await told.UntilAsync(NewsKind.InitialSyncCompleted);

        FeedEntry entry = Assert.Single(told.Heard, e => e.Kind == NewsKind.Changed);
        Assert.Equal((login.CalendarId, login.ConnectionId), (entry.SourceId, entry.ConnectionId));
        Assert.Equal<ChangeOrigin>([External], entry.Origins);
        Assert.Equal(["+s0", "+s1", "+s2"], await told.ReadSinceAsync(entry));
        Assert.Single(told.Heard, e => e.Kind == NewsKind.CalendarsChanged);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Change_WhenHinted_IsToldAndCostsNoWriteOfItsOwn()
    {
        (TestLogin login, Told told) = await ListenedAsync(3);
        cluster.Time.Advance(TimeSpan.FromSeconds(2));
        int before = OutboxWrites(login);
        login.Remote.Put(TestLogin.Event("u1", "changed", day: 2));
        login.Remote.Remove(login.Remote.ItemIdOf("u2"));

        await login.UntilSyncedAsync();

        Assert.Equal(["+changed", "-s2"], await told.ReadSinceAsync(Assert.Single(await told.NextAsync())));

        // The hint, and its end.
        await login.UntilNothingIsOwedAsync();
        Assert.Equal(2, OutboxWrites(login) - before);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Change_WhenFoundByAPoll_IsTold()
    {
        (TestLogin login, Told told) = await ListenedAsync(1);
        login.Remote.Put(TestLogin.Event("new", "polled"));

        await told.UntilAsync(NewsKind.Changed);

        Assert.Contains("+polled", await told.ReadSinceAsync(told.Heard[^1]));
        await login.UntilNothingIsOwedAsync();
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task OwnWrite_WhenTaken_IsToldOnceAsItsWriters()
    {
        (TestLogin login, Told told) = await ListenedAsync(0);
        int before = OutboxWrites(login);

        await login.UpsertAsync("e", "ours");
        await login.UntilPulledAsync(isPending: false);
        ImmutableArray<FeedEntry> heard = await told.NextAsync();

        FeedEntry entry = Assert.Single(heard);
        Assert.Equal<ChangeOrigin>([Own], entry.Origins);
        Assert.Equal(["+ours"], await told.ReadSinceAsync(entry));
        Assert.InRange(OutboxWrites(login) - before, 3, 5);

        await login.DeleteAsync("e");
        await login.UntilSyncedAsync();
        entry = Assert.Single(await told.NextAsync());
        Assert.Equal<ChangeOrigin>([Own], entry.Origins);
        Assert.Equal(["-ours"], await told.ReadSinceAsync(entry));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task OwnWrite_WhenTheProviderMakesSomethingElseOfIt_IsAChangeForItsWriter()
    {
        (TestLogin login, Told told) = await ListenedAsync(0);
        login.Remote.Rewriting = o => o with { Master = o.Master! with { Content = o.Master.Content with { Summary = "theirs" } } };

        await login.UpsertAsync("e", "ours");
        await login.UntilSyncedAsync();

        FeedEntry entry = Assert.Single(await told.NextAsync());
        Assert.Equal<ChangeOrigin>([new ChangeOrigin(TestLogin.Client, null)], entry.Origins);
        Assert.Equal(["+theirs"], await told.ReadSinceAsync(entry));

        // Nothing that was there is different, but readers saw what was written for a while.
        cluster.Time.Advance(TimeSpan.FromSeconds(2));
        await login.UpsertAsync("e", "ours again");

        // It is never seen, as nothing changed there: its guard ends after ten minutes.
        await login.UntilSyncedAsync(TimeSpan.FromMinutes(12));
        entry = Assert.Single(await told.NextAsync());
        Assert.Equal<ChangeOrigin>([new ChangeOrigin(TestLogin.Client, null)], entry.Origins);
        Assert.Equal(["+theirs"], await told.ReadSinceAsync(entry));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task OwnWrite_WhenRejected_IsToldToItsWriterToo()
    {
        (TestLogin login, Told told) = await ListenedAsync(0);
        cluster.Provider.FailNext(ProviderCallKind.Write, ProviderFaultKind.Rejected);

        await login.UpsertAsync("e", "refused");
        await login.UntilSyncedAsync();

        FeedEntry entry = Assert.Single(await told.NextAsync());
        Assert.Equal<ChangeOrigin>([new ChangeOrigin(TestLogin.Client, null)], entry.Origins);
        Assert.Equal(["-refused"], await told.ReadSinceAsync(entry));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task ManagedEvent_WhenSomebodyElseChangesIt_IsTheApplicationsChangeAndNobodyWroteIt()
    {
        (TestLogin login, Told told) = await ListenedAsync(0);
        await login.UpsertAsync("e", "ours");
        await login.UntilSyncedAsync();
        await told.NextAsync();
        ProviderItem item = login.Remote.Items.Values.Single();
        login.Remote.Put(item.Object with { Master = item.Object.Master! with { Content = item.Object.Master.Content with { Summary = "theirs" } } }, item.Id);

        await login.UntilSyncedAsync();

        Assert.Equal<ChangeOrigin>([new ChangeOrigin(TestLogin.Client, null)], Assert.Single(await told.NextAsync()).Origins);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task NewGeneration_WhenItIsCommitted_TellsOnlyWhatDiffers()
    {
        (TestLogin login, Told told) = await ListenedAsync(3);
        cluster.Time.Advance(TimeSpan.FromSeconds(2));
        login.Remote.InvalidateCursors();
        await login.UntilSyncedAsync();
        Assert.Empty(await told.NextAsync());

        login.Remote.InvalidateCursors();
        login.Remote.Put(TestLogin.Event("new", "new"));
        await login.UntilSyncedAsync();

        Assert.Equal(["+new"], await told.ReadSinceAsync(Assert.Single(await told.NextAsync())));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Repair_WhenAReconciliationMakesIt_IsTold()
    {
        (TestLogin login, Told told) = await ListenedAsync(1);
        login.Remote.Put(TestLogin.Event("missed", "missed"));
        login.Remote.ForgetCursorsSilently();
        await login.UntilSyncedAsync();
        Assert.Empty(await told.NextAsync());

        await cluster.UntilAsync(
            async () => (await login.ReadAsync()).Total == 2, "it is repaired", TimeSpan.FromMinutes(40), TimeSpan.FromSeconds(20));
        await told.UntilAsync(NewsKind.Changed);

        Assert.Contains("+missed", await told.ReadSinceAsync(told.Heard[^1]));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Window_WhenItRolls_TellsNothing()
    {
        (TestLogin login, Told told) = await ListenedAsync(3);

        await cluster.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(1));
        await login.UntilSyncedAsync();

        Assert.Empty(await told.NextAsync());
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task NativeWrite_WhenCommitted_IsToldAsItsWriters()
    {
        IConnectionGrain connection = cluster.Grains.GetGrain<IConnectionGrain>("pro_native2");
        TestListener listener = await TestListener.OfAsync(cluster.Grains.GetGrain<IPersonGrain>("per_native2"));
        await connection.Claim(new ClaimConnection("per_native2", ProviderNames.Native, "Application", null, null, []), default);
        CreateCalendarAnswer made = await connection.CreateCalendar("Rooms", null, default);
        ICalendarGrain calendar = cluster.Grains.GetGrain<ICalendarGrain>(made.Calendar!.CalendarId);
        List<FeedEntry> heard = [];
        async Task<bool> HearsAsync(int changes)
        {
            heard.AddRange(await listener.HearAsync());
            return heard.Count(e => e.Kind == NewsKind.Changed) == changes
                && cluster.Rows.Bytes(StorageNames.CalendarOutbox, made.Calendar.CalendarId) is null;
        }

        await calendar.Upsert(new UpsertEvent("app_1", "e", TestLogin.Change("Native")), default);
        await cluster.UntilAsync(() => HearsAsync(1), "the write is told", TimeSpan.FromSeconds(10));
        await calendar.Upsert(new UpsertEvent("app_1", "e", TestLogin.Change("Native")), default);
        await calendar.Delete("app_1", "e", default);
        await cluster.UntilAsync(() => HearsAsync(2), "the deletion is told", TimeSpan.FromSeconds(10));

        Assert.All(heard.Where(e => e.Kind == NewsKind.Changed), e => Assert.Equal<ChangeOrigin>([Own], e.Origins));
        Assert.Contains(heard, e => e.Kind == NewsKind.CalendarsChanged);
        await connection.Revoke(default);
    }

    [Fact]
    public async Task Person_WhenItCannotStoreTheNews_IsToldLaterAndPullsGoOn()
    {
        (TestLogin login, Told told) = await ListenedAsync(1);
        cluster.Rows.FailBefore = w => w.Key == login.PersonId;
        login.Remote.Put(TestLogin.Event("new", "first"));
        await login.UntilSyncedAsync();
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        login.Remote.Put(TestLogin.Event("newer", "second"));
        await login.UntilSyncedAsync();
        cluster.Rows.FailBefore = null;

        await told.UntilAsync(NewsKind.Changed);

        Assert.Equal(["+first", "+second"], (await told.ReadSinceAsync(told.Heard[0])).Where(s => s != "+s0"));
        await login.UntilNothingIsOwedAsync();
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Schedule_WhileThePersonCannotBeTold_IsToldOfEachPull()
    {
        (TestLogin login, _) = await ListenedAsync(0);
        long noon = Instant.FromUtc(2026, 2, 2, 11, 0).ToUnixTimeSeconds();
        async Task<int> BusyHoursAsync() => (await cluster.Grains.Schedule(login.PersonId).Busy(
            new([login.CalendarId], noon, noon + (12 * 3_600), [], null), default)).Edges.Length / 2;
        cluster.Rows.FailBefore = w => w.Key == login.PersonId;
        try
        {
            // Each time it waits longer before it tries the person again, and a second pull comes in between.
            for (int i = 1; i <= 5; i++)
            {
                login.Remote.Put(TestLogin.Event($"e{i}", "Busy", hour: 10 + (2 * i)));
                await login.UntilSyncedAsync();
                Assert.Equal(i, await BusyHoursAsync());
            }
        }
        finally
        {
            cluster.Rows.FailBefore = null;
        }

        await login.Connection.Revoke(default);
    }

    private async Task<(TestLogin Login, Told Told)> ListenedAsync(int events)
    {
        TestLogin login = TestLogin.Make(cluster);
        Told told = await Told.OfAsync(login);
        Fill(login, events);
        await login.ClaimAsync();
        await login.UntilSyncedAsync();
        await told.UntilAsync(NewsKind.InitialSyncCompleted);
        await told.NextAsync();
        await login.UntilNothingIsOwedAsync();
        return (login, told);
    }

    private static void Fill(TestLogin login, int count)
    {
        for (int i = 0; i < count; i++)
        {
            login.Remote.Put(TestLogin.Event($"u{i}", $"s{i}", day: 1 + i));
        }
    }

    private int OutboxWrites(TestLogin login) =>
        cluster.Rows.Writes.Count(w => w.State == StorageNames.CalendarOutbox && w.Key == login.CalendarId);
}

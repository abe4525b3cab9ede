using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Sync;

[Collection(SharedCluster.Name)]
public sealed class CalendarEngineTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Upserts_WhenTheyWaitTogether_ReachTheProviderAsOne()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        using IDisposable held = HoldWrites(login, out TaskCompletionSource go);
        await login.UpsertAsync("other", "holds the pump");
        await login.UpsertAsync("e", "1");
        await login.UpsertAsync("e", "2");
        await login.UpsertAsync("e", "3");
        go.SetResult();

        await login.UntilSyncedAsync();

        Assert.Equal(2, login.Remote.ChangeCount);
        Assert.Contains(login.Remote.Items.Values, i => i.Object.Master!.Content.Summary == "3");
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Upsert_WhenEqualToWhatIsThere_MakesNoProviderCall()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("e", "same");
        await login.UntilSyncedAsync();
        int before = Calls(login, ProviderCallKind.Write);

        await login.UpsertAsync("e", "same");
        await login.UntilSyncedAsync();

        Assert.Equal(before, Calls(login, ProviderCallKind.Write));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Upsert_WhenTheOutboxIsFull_IsRefused()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        using IDisposable held = HoldWrites(login, out TaskCompletionSource go);
        for (int i = 0; i < CalendarIntake.OutboxCap; i++)
        {
            Assert.Equal(WriteAnswer.Accepted, await login.DeleteAsync($"e{i}"));
        }

        // A deletion of nothing needs no call, so only a write keeps the rest waiting.
        await cluster.UntilAsync(async () => (await login.Calendar.Status(default)).Pending == 0, "they are through");
        await login.UpsertAsync("held", "x");
        await cluster.UntilAsync(
            () => Task.FromResult(Calls(login, ProviderCallKind.Write) > 0), "the pump is held");
        WriteAnswer last = WriteAnswer.Accepted;
        int accepted = 1;
        while (accepted <= CalendarIntake.OutboxCap && last == WriteAnswer.Accepted)
        {
            last = await login.DeleteAsync($"d{accepted}");
            accepted += last == WriteAnswer.Accepted ? 1 : 0;
        }

        Assert.Equal((WriteAnswer.OutboxFull, CalendarIntake.OutboxCap), (last, accepted));
        go.SetResult();
        await login.UntilSyncedAsync();
        Assert.Equal(WriteAnswer.Accepted, await login.DeleteAsync("again"));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Upsert_WhenTheProviderRejectsIt_LeavesTheView()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        cluster.Provider.FailNext(ProviderCallKind.Write, ProviderFaultKind.Rejected);

        await login.UpsertAsync("e", "refused");
        await login.UntilSyncedAsync();

        Assert.Empty((await login.ReadAsync()).Entries);
        Assert.True(Assert.Single((await login.ReadAsync(includeDeleted: true)).Entries).IsDeleted);
        Assert.Empty(login.Remote.Items);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Upsert_WhenItsAnswerIsLost_IsNeverShownTwice()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        cluster.Provider.LoseAnswerOfNext(ProviderCallKind.Write);

        await login.UpsertAsync("e", "once");
        await cluster.UntilAsync(
            async () =>
            {
                Assert.Equal("e", Assert.Single((await login.ReadAsync()).Entries).EventId);
                await login.Calendar.Hint(default);
                return (await login.Calendar.Status(default)).Pending == 0;
            },
            "the write is confirmed");

        Assert.Equal(1, login.Remote.ChangeCount);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Event_WhenSomebodyDeletesOurs_IsDeletedAndALaterUpsertCreatesAnew()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("e", "first");
        await login.UntilSyncedAsync();
        login.Remote.Remove(login.Remote.Items.Keys.Single());
        await login.UntilSyncedAsync();
        Assert.Empty((await login.ReadAsync()).Entries);
        Assert.True(Assert.Single((await login.ReadAsync(includeDeleted: true)).Entries).IsDeleted);

        await login.UpsertAsync("e", "second");
        await login.UntilSyncedAsync();

        Assert.Equal("second", Assert.Single((await login.ReadAsync()).Entries).Content.Summary);
        Assert.Single(login.Remote.Items);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task MassDeletion_WhenASecondLookDisagrees_IsNotCommitted()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => Fill(c, 12));
        ProviderItem[] all = [.. login.Remote.Items.Values];
        foreach (ProviderItem item in all)
        {
            login.Remote.Remove(item.Id);
        }

        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        NodaTime.Instant now = NodaTime.Instant.FromDateTimeOffset(cluster.Time.GetUtcNow());
        await login.Calendar.Hint(default);
        await cluster.UntilAsync(
            async () => (await login.Calendar.Status(default)).LastSynced >= now, "the first look was taken", step: TimeSpan.FromTicks(1));
        Assert.Equal(12, (await login.ReadAsync()).Total);
        foreach (ProviderItem item in all)
        {
            login.Remote.Put(item.Object, item.Id);
        }

        await login.UntilSyncedAsync();
        await cluster.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(12, (await login.ReadAsync()).Total);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task MassDeletion_WhenASecondLookAgrees_IsCommitted()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => Fill(c, 12));
        login.Remote.InvalidateCursors();
        foreach (string id in login.Remote.Items.Keys)
        {
            login.Remote.Remove(id);
        }

        await login.Calendar.Hint(default);

        await cluster.UntilAsync(async () => (await login.ReadAsync()).Total == 0, "all are gone");
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Reconciliation_WhenTheCursorDiedInSilence_RepairsAndCounts()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => Fill(c, 3));
        login.Remote.Put(TestLogin.Event("missed", "missed"));
        login.Remote.ForgetCursorsSilently();
        await login.UntilSyncedAsync();
        Assert.Equal(3, (await login.ReadAsync()).Total);

        await cluster.UntilAsync(
            async () => (await login.ReadAsync()).Total == 4,
            "the reconciliation finds it",
            TimeSpan.FromMinutes(40),
            TimeSpan.FromSeconds(20));

        Assert.Equal(1, (await login.Calendar.Status(default)).Repairs);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Reconciliation_WhenPullsMissNothing_RepairsNothing()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => Fill(c, 3));
        // Somebody changes an event between our pull and the comparison, and again before the pull that follows it.
        bool isCompared = false;
        cluster.Provider.Before = (call, _) =>
        {
            if (call.CalendarId == login.Remote.Id && call.Kind == ProviderCallKind.Reconcile)
            {
                login.Remote.Put(TestLogin.Event("late", "older"));
                isCompared = true;
            }
            else if (call.CalendarId == login.Remote.Id && call.Kind == ProviderCallKind.Pull && isCompared)
            {
                isCompared = false;
                login.Remote.Put(TestLogin.Event("late", "newer"));
            }

            return Task.CompletedTask;
        };
        await cluster.UntilAsync(
            async () => (await login.ReadAsync()).Total == 4,
            "the change is seen",
            TimeSpan.FromMinutes(40),
            TimeSpan.FromSeconds(20));
        cluster.Provider.Before = null;
        Assert.Contains((await login.ReadAsync()).Entries, e => e.Content.Summary == "newer");
        await login.UntilSyncedAsync();
        Assert.Equal(0, (await login.Calendar.Status(default)).Repairs);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Reconciliation_WhenTheReaderLags_DecidesOnlyAboutWritesThatItMustHaveSeen()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        foreach (string id in new[] { "old", "new" })
        {
            login.Remote.Hide(login.Remote.ItemIdOf(
                EventKeys.Of(cluster.Keys, login.CalendarId, new ManagedKey(TestLogin.Client, id), 0)));
        }

        await login.UpsertAsync("old", "Nobody will ever see it");
        await login.UntilPulledAsync();
        cluster.Time.Advance(TimeSpan.FromMinutes(8));
        await login.UpsertAsync("new", "Written");
        await login.UntilPulledAsync();

        await cluster.UntilAsync(
            async () => (await login.ReadAsync()).Entries.All(e => e.EventId != "old"),
            "what no pull confirms is compared",
            TimeSpan.FromMinutes(4),
            TimeSpan.FromSeconds(20));

        Assert.Equal("new", Assert.Single((await login.ReadAsync()).Entries).EventId);
        login.Remote.ShowAll();
        login.Remote.InvalidateCursors();
        await login.UntilSyncedAsync();
        Assert.Equal(["new", "old"], (await login.ReadAsync()).Entries.Select(e => e.EventId).Order(StringComparer.Ordinal));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Poll_WhenNothingChanged_WritesNothingLarge()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => Fill(c, 3));
        int Writes() => cluster.Rows.Writes.Count(w => w.Key == login.CalendarId && w.State == StorageNames.CalendarSchedule);
        int before = Writes();
        int Opened() => cluster.Vault.Opened(login.ConnectionId) + cluster.Vault.Opened(login.CalendarId);
        int opened = Opened();
        int pulls = login.Pulls;

        await cluster.UntilAsync(
            () => Task.FromResult(login.Pulls >= pulls + 3), "it was polled", step: TimeSpan.FromSeconds(5));

        Assert.Equal(before, Writes());

        // Each poll opens the login, and nothing else.
        Assert.InRange(Opened() - opened, 3, 6);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Write_WhenAnEarlierOneOfItsEventMustWait_IsNotTriedInALoop()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        cluster.Provider.FailNext(ProviderCallKind.Write, ProviderFaultKind.Transient);
        int writes = Calls(login, ProviderCallKind.Write);
        await login.UpsertAsync("e", "first");
        await cluster.UntilAsync(
            () => Task.FromResult(Calls(login, ProviderCallKind.Write) == writes + 1), "the first is tried", step: TimeSpan.FromTicks(1));
        int pulls = login.Pulls;

        await login.UpsertAsync("e", "second");
        await cluster.PassAsync(TimeSpan.FromTicks(100), TimeSpan.FromTicks(1));
        Assert.InRange(login.Pulls - pulls, 0, 2);

        await login.UntilSyncedAsync();
        Assert.Contains((await login.ReadAsync()).Entries, e => e.Content.Summary == "second");
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Throttled_WhenTheProviderSaysUntilWhen_IsLeftAloneUntilThen()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        NodaTime.Instant until = NodaTime.Instant.FromDateTimeOffset(cluster.Time.GetUtcNow()) + NodaTime.Duration.FromMinutes(10);
        login.FailOnce(ProviderCallKind.Pull, ProviderFaultKind.Throttled, until);
        int before = login.Pulls;
        await login.Calendar.Hint(default);
        await cluster.UntilAsync(() => Task.FromResult(login.Pulls == before + 1), "it was throttled");

        for (int i = 0; i < 9; i++)
        {
            await login.Calendar.Hint(default);
            await cluster.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20));
        }

        Assert.Equal(before + 1, login.Pulls);
        await login.UntilSyncedAsync();
        cluster.Provider.FaultScript = null;
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Writes_WhenTheProviderTakesAFewAndThrottlesTheNext_DoNotWaitLongerEachTime()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        int asked = 0;
        cluster.Provider.FaultScript = call =>
            call.Kind == ProviderCallKind.Write && call.CalendarId == login.Remote.Id && Interlocked.Increment(ref asked) % 3 == 0
                ? new ProviderFault(ProviderFaultKind.Throttled, "Enough for now.")
                : null;
        try
        {
            for (int i = 0; i < 24; i++)
            {
                await login.UpsertAsync($"e{i}", "x");
            }

            // A dozen rounds, of which none was in vain.
            await cluster.UntilAsync(
                () => Task.FromResult(login.Remote.Items.Count == 24), "all are there", TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(5));
        }
        finally
        {
            cluster.Provider.FaultScript = null;
        }

        await login.UntilSyncedAsync();
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Throttled_WhenAnotherCalendarOfTheLoginIsAgainAndAgain_IsNoFaultOfThisOne()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UntilSyncedAsync();
        int before = login.Pulls;
        for (int i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                await cluster.PassAsync(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(1));
            }

            NodaTime.Instant until = NodaTime.Instant.FromDateTimeOffset(cluster.Time.GetUtcNow()) + NodaTime.Duration.FromSeconds(10);
            await login.Connection.ReportFault(0, ProviderFaultKind.Throttled, "Another calendar's.", until, default);
            await login.Calendar.Hint(default);
        }

        Assert.Equal(before, login.Pulls);
        await cluster.UntilAsync(
            () => Task.FromResult(login.Pulls > before), "it is pulled soon", TimeSpan.FromSeconds(16));
        await login.Connection.Revoke(default);
    }

    private static void Fill(InMemoryCalendar calendar, int count)
    {
        for (int i = 0; i < count; i++)
        {
            calendar.Put(TestLogin.Event($"u{i}", $"s{i}", day: 1 + i));
        }
    }

    private int Calls(TestLogin login, ProviderCallKind kind) =>
        cluster.Provider.Calls.Count(c => c.Kind == kind && c.CalendarId == login.Remote.Id);

    private Held HoldWrites(TestLogin login, out TaskCompletionSource go)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        go = gate;
        cluster.Provider.Before = (call, _) =>
            call.Kind == ProviderCallKind.Write && call.CalendarId == login.Remote.Id ? gate.Task : Task.CompletedTask;
        return new Held(cluster.Provider, gate);
    }

    private sealed class Held(InMemoryCalendarProvider provider, TaskCompletionSource gate) : IDisposable
    {
        public void Dispose()
        {
            gate.TrySetResult();
            provider.Before = null;
        }
    }
}

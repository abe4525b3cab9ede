using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>Deleting all that an application has in a calendar.</summary>
[Collection(SharedCluster.Name)]
public sealed class ClearingTests(CalendarCluster cluster)
{
    private const string Other = "app_2";

    [Fact]
    public async Task Clearing_WhenTheOutboxIsFull_IsAcceptedAndDeletesWhatIsThereAndWhatWaits()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("theirs", "Theirs")));
        int present = ClearingPump.RoundSize + 20;
        for (int i = 0; i < present; i++)
        {
            Assert.Equal(WriteAnswer.Accepted, await login.UpsertAsync($"there{i:D3}", "x"));
        }

        Assert.Equal(WriteAnswer.Accepted, await login.UpsertAsync("e", "x", client: Other));
        await login.UntilSyncedAsync();
        Assert.Equal(present + 2, login.Remote.Items.Count);

        using Held held = new(login);
        for (int i = 0; i < CalendarIntake.OutboxCap; i++)
        {
            Assert.Equal(WriteAnswer.Accepted, await login.UpsertAsync($"waits{i:D4}", "x"));
        }

        Assert.Equal(WriteAnswer.OutboxFull, await login.UpsertAsync("more", "x"));
        Assert.Equal(WriteAnswer.Accepted, await login.Calendar.DeleteManaged(TestLogin.Client, default));

        Assert.Equal(["Theirs", "x"], (await login.ReadAsync()).Entries.Select(e => e.Content.Summary).Order());
        Assert.Equal(present, (await login.ReadAsync(includeDeleted: true)).Entries.Count(e => e.IsDeleted));
        held.Dispose();
        await login.UntilSyncedAsync();
        Assert.Equal(["Theirs", "x"], login.Remote.Items.Values.Select(i => i.Object.Master!.Content.Summary).Order());
        Assert.Single((await login.ReadAsync(client: Other)).Entries, e => e.EventId == "e");
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Clearing_WhenTheSameEventIsWrittenBehindIt_LeavesOnlyTheLaterOne()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("e", "Before");
        await login.UpsertAsync("f", "Before");
        await login.UntilSyncedAsync();
        string before = (await login.ReadAsync()).Entries.Single(e => e.EventId == "e").Uid;
        using Held held = new(login);
        await login.UpsertAsync("e", "Between");
        Assert.Equal(WriteAnswer.Accepted, await login.Calendar.DeleteManaged(TestLogin.Client, default));
        await login.UpsertAsync("e", "After");
        Assert.Equal(WriteAnswer.Accepted, await login.Calendar.DeleteManaged(TestLogin.Client, default));
        await login.UpsertAsync("e", "Last");

        EventEntry shown = Assert.Single((await login.ReadAsync()).Entries);
        Assert.Equal("Last", shown.Content.Summary);
        held.Dispose();
        await login.UntilSyncedAsync();

        Assert.Equal("Last", Assert.Single(login.Remote.Items.Values).Object.Master!.Content.Summary);
        EventEntry read = Assert.Single((await login.ReadAsync()).Entries);
        Assert.Equal(("e", "Last", false), (read.EventId, read.Content.Summary, read.IsPending));
        Assert.NotEqual(before, read.Uid);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Clearing_WhenTheProviderRefusesOne_DeletesTheOthersAndEnds()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        foreach (string id in new[] { "a", "b", "c" })
        {
            await login.UpsertAsync(id, id);
        }

        await login.UntilSyncedAsync();
        string refused = EventKeys.Of(cluster.Keys, login.CalendarId, new ManagedKey(TestLogin.Client, "b"), incarnation: 0);
        cluster.Provider.FaultScript = call => call.Kind == ProviderCallKind.Delete && call.EventKey == refused
            ? new ProviderFault(ProviderFaultKind.Rejected, "Never.")
            : null;
        try
        {
            await login.Calendar.DeleteManaged(TestLogin.Client, default);
            await login.UntilSyncedAsync();
            Assert.Equal("b", Assert.Single((await login.ReadAsync()).Entries).EventId);
            await login.UntilNothingIsOwedAsync();
        }
        finally
        {
            cluster.Provider.FaultScript = null;
        }

        await login.Calendar.DeleteManaged(TestLogin.Client, default);
        await login.UntilSyncedAsync();
        Assert.Empty(login.Remote.Items);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Clearing_WhenAWriteBeforeItMustWait_ComesAfterIt()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        int refusals = 0;
        cluster.Provider.FaultScript = call => call.CalendarId == login.Remote.Id && call.Kind == ProviderCallKind.Write && refusals++ < 2
            ? new ProviderFault(ProviderFaultKind.Transient, "Later.")
            : null;
        try
        {
            await login.UpsertAsync("e", "x");
            Assert.Equal(WriteAnswer.Accepted, await login.Calendar.DeleteManaged(TestLogin.Client, default));
            await login.UntilSyncedAsync();
        }
        finally
        {
            cluster.Provider.FaultScript = null;
        }

        Assert.True(refusals > 2);
        Assert.Empty(login.Remote.Items);
        Assert.Empty((await login.ReadAsync()).Entries);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Clearing_WhenTheProviderFailsAgainAndAgain_WaitsLongerEachTimeUntilItSucceeds()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        for (int i = 0; i <= ClearingPump.RoundSize; i++)
        {
            await login.UpsertAsync($"e{i}", "x");
        }

        await login.UntilSyncedAsync();
        List<(DateTimeOffset At, bool Fails)> tried = [];
        int failed = 0;
        cluster.Provider.FaultScript = call =>
        {
            if (call.CalendarId != login.Remote.Id || call.Kind != ProviderCallKind.Delete)
            {
                return null;
            }

            // Five times before the first round, and once between it and the second.
            bool fails = failed < 5 || (failed == 5 && login.Remote.Items.Count == 1);
            failed += fails ? 1 : 0;
            tried.Add((cluster.Time.GetUtcNow(), fails));
            return fails ? new ProviderFault(ProviderFaultKind.Transient, "Later.") : null;
        };
        try
        {
            await login.Calendar.DeleteManaged(TestLogin.Client, default);
            await cluster.UntilAsync(
                async () =>
                {
                    await login.Calendar.Hint(default);
                    return login.Remote.Items.Count == 0;
                },
                "all are deleted");
        }
        finally
        {
            cluster.Provider.FaultScript = null;
        }

        Assert.Equal(6, failed);
        double[] waits = [.. tried.Zip(tried.Skip(1)).Where(t => t.First.Fails).Select(t => (t.Second.At - t.First.At).TotalSeconds)];
        Assert.All(Enumerable.Range(0, 5), n => Assert.InRange(waits[n], 2.5 * Math.Pow(2, n), (5 * Math.Pow(2, n)) + 2));
        Assert.InRange(waits[5], 2.5, 7);
        await login.UntilSyncedAsync();
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Clearing_WhenAnotherApplicationsComesWhileItWaits_IsNotTriedEarlier()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("own", "own");
        await login.UpsertAsync("other", "other", client: Other);
        await login.UntilSyncedAsync();
        string own = EventKeys.Of(cluster.Keys, login.CalendarId, new ManagedKey(TestLogin.Client, "own"), incarnation: 0);
        int tried = 0;
        cluster.Provider.FaultScript = call => call.Kind == ProviderCallKind.Delete && call.EventKey == own && ++tried > 0
            ? new ProviderFault(ProviderFaultKind.Transient, "Later.")
            : null;
        try
        {
            await login.Calendar.DeleteManaged(TestLogin.Client, default);
            await cluster.UntilAsync(() => Task.FromResult(tried == 1), "it is tried", step: TimeSpan.FromTicks(1));
            await login.Calendar.DeleteManaged(Other, default);
            await cluster.UntilAsync(
                () => Task.FromResult(login.Remote.Items.Count == 1), "the other's is deleted", step: TimeSpan.FromTicks(1));
            Assert.Equal(1, tried);
        }
        finally
        {
            cluster.Provider.FaultScript = null;
        }

        await login.UntilSyncedAsync();
        Assert.Empty(login.Remote.Items);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Clearing_OfNothing_IsAcceptedWhateverTheCalendarsState()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("theirs", "Theirs")));
        await login.Calendar.Suspend(default);
        Assert.Equal(WriteAnswer.Accepted, await login.Calendar.DeleteManaged(TestLogin.Client, default));
        Assert.Null(cluster.Rows.Bytes(StorageNames.CalendarOutbox, login.CalendarId));
        Assert.Equal(
            WriteAnswer.Accepted,
            await cluster.Grains.GetGrain<ICalendarGrain>("cal_never_connected").DeleteManaged(TestLogin.Client, default));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Clearing_WhenTheLoginDoesNotWork_IsRefusedWhereThereIsSomething()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("e", "x");
        await login.UntilSyncedAsync();
        await login.Calendar.Suspend(default);

        Assert.Equal(WriteAnswer.Disconnected, await login.Calendar.DeleteManaged(TestLogin.Client, default));
        Assert.Single((await login.ReadAsync()).Entries);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Clearing_WhenTheProcessEndsAtAnyDurableStep_DeletesEachOnce()
    {
        int steps = await RunAsync(failAt: int.MaxValue, isAfter: false);
        Assert.InRange(steps, 4, 16);
        for (int step = 1; step <= steps; step++)
        {
            await RunAsync(step, isAfter: false);
            await RunAsync(step, isAfter: true);
        }
    }

    private async Task<int> RunAsync(int failAt, bool isAfter)
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("theirs", "Theirs")));
        await login.UpsertAsync("a", "x");
        await login.UpsertAsync("b", "x");
        await login.UntilSyncedAsync();
        int changes = login.Remote.ChangeCount;
        int seen = 0;
        bool isDead = false;
        bool Fails(StoredRows.Write write, bool after) => write.Key == login.CalendarId && (isDead
            ? !after
            : after ? isDead = isAfter && seen == failAt : isDead = Interlocked.Increment(ref seen) == failAt && !isAfter);

        cluster.Rows.FailBefore = w => Fails(w, after: false);
        cluster.Rows.FailAfter = w => Fails(w, after: true);
        bool isAcknowledged = false;
        try
        {
            // One waits and is as good as there.
            await login.UpsertAsync("c", "x");
            isAcknowledged = await login.Calendar.DeleteManaged(TestLogin.Client, default) == WriteAnswer.Accepted;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            // Asked again below.
        }

        try
        {
            await cluster.UntilAsync(
                async () => isDead || await login.Calendar.Status(default) is { Pending: 0, LastFault: null }, $"through or dead at {failAt}");
        }
        finally
        {
            cluster.Rows.FailBefore = null;
            cluster.Rows.FailAfter = null;
        }

        string where = $"{(isAfter ? "after" : "before")} step {failAt}";
        if (isDead)
        {
            await cluster.Silos.DeactivateAsync(login.Calendar);
            if (!isAcknowledged)
            {
                Assert.Equal(WriteAnswer.Accepted, await login.Calendar.DeleteManaged(TestLogin.Client, default));
            }
        }

        int durable = seen;
        await login.UntilSyncedAsync();
        Assert.True(login.Remote.Items.Values.ToArray() is [{ Object.Uid: "theirs" }], where);
        Assert.True((await login.ReadAsync()).Entries is [{ EventId: null }], where);
        Assert.True(login.Remote.ChangeCount - changes is 2 or 4, $"{where}: {login.Remote.ChangeCount - changes} changes");
        await login.UntilNothingIsOwedAsync(where);
        await login.Connection.Revoke(default);
        return durable;
    }

    /// <summary>Holds the provider's writes of one calendar until it is disposed of.</summary>
    private sealed class Held : IDisposable
    {
        private readonly TestLogin _login;
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Held(TestLogin login)
        {
            _login = login;
            login.Provider.Before = (call, ct) => call.CalendarId == login.Remote.Id
                && call.Kind is ProviderCallKind.Write or ProviderCallKind.Delete
                ? _open.Task.WaitAsync(ct)
                : Task.CompletedTask;
        }

        public void Dispose()
        {
            _open.TrySetResult();
            _login.Provider.Before = null;
        }
    }
}

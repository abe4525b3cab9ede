using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>The process ends at each durable step of a write in turn; a client retries; the effect is there once.</summary>
[Collection(SharedCluster.Name)]
public sealed class CrashPointTests(CalendarCluster cluster)
{
    public static TheoryData<string> Operations =>
        ["create", "change", "delete", "create again", "change another's", "delete another's", "answer"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Write_WhenTheProcessEndsAtAnyDurableStep_HappensExactlyOnce(string operation)
    {
        int steps = await RunAsync(operation, failAt: int.MaxValue, isAfter: false);
        Assert.InRange(steps, 3, 12);
        for (int step = 1; step <= steps; step++)
        {
            await RunAsync(operation, step, isAfter: false);
            await RunAsync(operation, step, isAfter: true);
        }
    }

    [Fact]
    public async Task Write_WhenTheProcessEndsBeforeItsGuardIsStored_IsNotTakenForGoneByAReaderThatLags()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        int Commits() => cluster.Rows.Writes.Count(w => w.State == StorageNames.CalendarSchedule && w.Key == login.CalendarId);
        int before = Commits();
        bool isDead = false;
        cluster.Rows.FailBefore = w => w.Key == login.CalendarId
            && (isDead = isDead || (w.State == StorageNames.CalendarOutbox && Commits() > before));
        Assert.Equal(WriteAnswer.Accepted, await login.UpsertAsync("e", "Written"));
        await cluster.UntilAsync(() => Task.FromResult(isDead), "the process ends after the commit");
        await cluster.Silos.DeactivateAsync(login.Calendar);
        cluster.Rows.FailBefore = null;

        login.Remote.Hide(login.Remote.Items.Keys.Single());
        login.Remote.InvalidateCursors();
        await login.Calendar.Wake(default);
        await login.UntilPulledAsync();
        string? hidden = (await login.ReadAsync()).Entries.SingleOrDefault()?.EventId;
        login.Remote.ShowAll();
        login.Remote.InvalidateCursors();
        await login.UntilSyncedAsync();

        Assert.Equal("e", hidden);
        Assert.Equal("e", Assert.Single((await login.ReadAsync()).Entries).EventId);
        await login.Connection.Revoke(default);
    }

    private async Task<int> RunAsync(string operation, int failAt, bool isAfter)
    {
        bool isExternal = operation is "change another's" or "delete another's" or "answer";
        TestLogin login = await TestLogin.ConnectedAsync(
            cluster, isExternal ? r => r.Put(operation == "answer" ? TestLogin.Meeting("u", "First") : TestLogin.Event("u", "First")) : null);
        if (operation != "create" && !isExternal)
        {
            await login.UpsertAsync("e", "First");
            await login.UntilSyncedAsync();
        }

        if (operation == "create again")
        {
            await login.DeleteAsync("e");
            await login.UntilSyncedAsync();
        }

        int changesBefore = login.Remote.ChangeCount;
        int seen = 0;
        bool isDead = false;
        bool Fails(StoredRows.Write write, bool after)
        {
            if (write.Key != login.CalendarId)
            {
                return false;
            }

            // Once dead, nothing more becomes durable until the next activation.
            if (isDead)
            {
                return !after;
            }

            if (after)
            {
                return isDead = isAfter && seen == failAt;
            }

            return isDead = Interlocked.Increment(ref seen) == failAt && !isAfter;
        }

        cluster.Rows.FailBefore = w => Fails(w, after: false);
        cluster.Rows.FailAfter = w => Fails(w, after: true);
        bool isAcknowledged = await TryAsync(login, operation);
        try
        {
            await cluster.UntilAsync(
                async () => isDead || await login.Calendar.Status(default) is { Pending: 0, LastFault: null },
                $"{operation} is through or dead at {failAt}");
        }
        finally
        {
            cluster.Rows.FailBefore = null;
            cluster.Rows.FailAfter = null;
        }

        if (isDead)
        {
            await cluster.Silos.DeactivateAsync(login.Calendar);
            if (!isAcknowledged)
            {
                Assert.True(await TryAsync(login, operation));
            }
        }

        int durable = seen;
        DateTimeOffset restarted = cluster.Time.GetUtcNow();
        await login.UntilSyncedAsync();
        string where = $"{operation}, {(isAfter ? "after" : "before")} step {failAt}";
        EventEntry[] read = [.. (await login.ReadAsync()).Entries];
        if (operation is "delete" or "delete another's")
        {
            Assert.True(login.Remote.Items.IsEmpty, where);
            Assert.True(read.Length == 0, where);
        }
        else if (operation == "answer")
        {
            ProviderItem item = Assert.Single(login.Remote.Items.Values);
            Assert.True(item.Object.Master!.Content.Attendees[0].Status == ParticipationStatus.Accepted, where);
            Assert.True(read is [{ EventId: null, IsPending: false }] && read[0].Content == item.Object.Master.Content, where);
        }
        else if (operation == "change another's")
        {
            ProviderItem item = Assert.Single(login.Remote.Items.Values);
            Assert.True(item.Object.Master!.Content.Summary == "Second", where);
            Assert.True(read is [{ EventId: null, IsPending: false, Content.Summary: "Second" }], where);
        }
        else
        {
            ProviderItem item = Assert.Single(login.Remote.Items.Values);
            Assert.True(item.Object.Master!.Content.Summary == "Second", where);
            Assert.True(read is [{ EventId: "e", IsPending: false, Content.Summary: "Second" }], where);
        }

        Assert.True(login.Remote.ChangeCount - changesBefore == 1, where);
        Assert.True(cluster.Time.GetUtcNow() - restarted < TimeSpan.FromMinutes(2), $"{where}: only the slow reconciliation ended it");
        await login.UntilNothingIsOwedAsync(where);

        // Calendars that stay connected would be polled through everybody else's virtual hours.
        await login.Connection.Revoke(default);
        return durable;
    }

    private static async Task<bool> TryAsync(TestLogin login, string operation)
    {
        try
        {
            WriteAnswer answer = operation switch
            {
                "delete" => await login.DeleteAsync("e"),
                "change another's" => await login.ChangeOtherAsync("u", "Second"),
                "delete another's" => await login.DeleteOtherAsync("u"),
                "answer" => await login.AnswerAsync("u", ParticipationStatus.Accepted),
                _ => await login.UpsertAsync("e", "Second"),
            };
            Assert.Equal(WriteAnswer.Accepted, answer);
            return true;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            return false;
        }
    }
}

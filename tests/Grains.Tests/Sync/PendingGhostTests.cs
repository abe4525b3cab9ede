using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>What readers saw of a write before the provider took it, and what came of it.</summary>
[Collection(SharedCluster.Name)]
public sealed class PendingGhostTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Pending_WhenItsEventIsDeletedAtTheProvider_LeavesTombstonesOfWhatWasSeen()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("e", "Once");
        await login.UntilSyncedAsync();
        string[] seen;
        try
        {
            Refuse(login, ProviderCallKind.Write, ProviderFaultKind.Transient);
            await UpsertSeriesAsync(login, "Weekly");
            seen = await UidsAsync(login, isDeleted: false);
            login.Remote.Remove(login.Remote.Items.Keys.Single());
            await login.UntilPulledAsync();
            Assert.Equal(3, seen.Length);
            Assert.Empty(seen.Except(await UidsAsync(login, isDeleted: true)));
        }
        finally
        {
            cluster.Provider.FaultScript = null;
        }

        await login.UntilSyncedAsync();
        Assert.Empty(seen.Except(await UidsAsync(login, isDeleted: true)));
        Assert.Equal(3, (await UidsAsync(login, isDeleted: false)).Length);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Pending_WhenTheDeletionBeforeItIsRefused_LeavesTombstonesOfWhatWasSeen()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("e", "Once");
        await login.UntilSyncedAsync();
        try
        {
            TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
            cluster.Provider.Before = (call, _) =>
                call.CalendarId == login.Remote.Id && call.Kind == ProviderCallKind.Delete ? go.Task : Task.CompletedTask;
            Refuse(login, ProviderCallKind.Delete, ProviderFaultKind.Rejected);
            await login.DeleteAsync("e");
            await UpsertSeriesAsync(login, "Weekly");
            string[] seen = await UidsAsync(login, isDeleted: false);
            go.SetResult();
            await login.UntilSyncedAsync();

            Assert.Equal(3, seen.Length);
            Assert.Empty(seen.Except(await UidsAsync(login, isDeleted: true)));
            Assert.Equal(3, (await UidsAsync(login, isDeleted: false)).Length);
        }
        finally
        {
            cluster.Provider.FaultScript = null;
            cluster.Provider.Before = null;
        }

        await login.Connection.Revoke(default);
    }

    private void Refuse(TestLogin login, ProviderCallKind kind, ProviderFaultKind fault) =>
        cluster.Provider.FaultScript = call => call.CalendarId == login.Remote.Id && call.Kind == kind
            ? new ProviderFault(fault, "Not so.")
            : null;

    private static async Task UpsertSeriesAsync(TestLogin login, string summary) => Assert.Equal(
        WriteAnswer.Accepted,
        await login.Calendar.Upsert(
            new UpsertEvent(TestLogin.Client, "e", TestLogin.Change(summary) with
            {
                Rules = Change<ImmutableArray<RecurrenceRule>>.To([new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly, Count = 3 }]),
            }),
            default));

    private static async Task<string[]> UidsAsync(TestLogin login, bool isDeleted) =>
        [.. (await login.ReadAsync(includeDeleted: true)).Entries.Where(e => e.IsDeleted == isDeleted).Select(e => e.Uid)];
}

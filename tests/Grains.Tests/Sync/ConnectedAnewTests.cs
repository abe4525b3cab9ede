using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>A person who takes access back ends the watches at the provider, and nobody tells us.</summary>
[Collection(SharedCluster.Name)]
public sealed class ConnectedAnewTests(CalendarCluster cluster)
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task Watches_WhenALoginIsConnectedAgainAfterTheProviderEndedThem_AreStartedAnew(
        bool isRenewedInPlace, bool isNoticed)
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster, isRenewedInPlace);
        foreach (string watched in new[] { login.Remote.Id, login.ListName })
        {
            foreach (var (_, watch) in login.Watching.Of(watched))
            {
                login.Watching.Drop(watch.Id);
            }
        }

        login.Tokens.TakeBack(login.User);
        if (isNoticed)
        {
            await login.Calendar.Hint(default);
            await cluster.UntilAsync(
                async () => (await login.Connection.Summary(default))!.State == ConnectionState.Disconnected,
                "the login is disconnected",
                TimeSpan.FromMinutes(5));
        }

        await login.ClaimAsync();
        await cluster.UntilAsync(
            () => Task.FromResult(login.Watching.Of(login.Remote.Id).Length == 1),
            "the calendar is watched again",
            TimeSpan.FromSeconds(30));
        login.Remote.Put(TestLogin.Event("after", "After"));
        await login.TellAsync();
        await cluster.UntilAsync(() => login.ShowsAsync("After"), "what it was told", TimeSpan.FromSeconds(30));
        if (login.Watching.CoverLists)
        {
            await cluster.UntilAsync(
                () => Task.FromResult(login.Watching.Of(login.ListName).Length == 1),
                "the list is watched again",
                TimeSpan.FromSeconds(30));
        }

        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenItsLoginIsConnectedAgainWhileItIsBeingPaused_RunsOn()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        await cluster.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        int Connected() => cluster.Rows.Writes.Count(w => w.State == StorageNames.ConnectionMeta && w.Key == login.ConnectionId);
        Task? claim = null;
        cluster.Rows.FailBefore = write =>
        {
            if (write.Key == login.CalendarId && write.State == StorageNames.CalendarMeta && claim is null)
            {
                int before = Connected();
                claim = Task.Run(() => login.ClaimAsync());
                Assert.True(SpinWait.SpinUntil(() => Connected() > before, TimeSpan.FromSeconds(20)));
            }

            return false;
        };
        login.Tokens.TakeBack(login.User);
        AccessLease lease = await login.Connection.Lease(default);
        await login.Connection.ReportFault(lease.TokenVersion, ProviderFaultKind.AuthDead, "Refused.", null, default);
        await cluster.UntilAsync(() => Task.FromResult(claim is not null), "it is being paused", TimeSpan.FromMinutes(5));
        await claim!;
        cluster.Rows.FailBefore = null;

        await login.UntilSyncedAsync();

        Assert.Equal(ConnectionState.Connected, (await login.Connection.Summary(default))!.State);
        await login.Connection.Revoke(default);
    }
}

using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Connections;

[Collection(SharedCluster.Name)]
public sealed class TokenRenewalTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Lease_WhenAThousandAskForAnOldToken_RenewsItOnce()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        AccessLease before = await login.Connection.Lease(default);
        int renewals = Renewals(login);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        login.Tokens.Before = () => held.Task;
        cluster.Time.Advance(TimeSpan.FromMinutes(56));

        Task<AccessLease>[] asked = [.. Enumerable.Range(0, 1_000).Select(_ => login.Connection.Lease(default))];
        await CalendarCluster.LetWorkRunAsync();
        held.SetResult();
        AccessLease[] leases = await Task.WhenAll(asked);
        login.Tokens.Before = null;

        Assert.Equal(renewals + 1, Renewals(login));
        Assert.All(leases, lease => Assert.Equal(before.TokenVersion + 1, lease.TokenVersion));
        Assert.All(leases, lease => Assert.NotNull(lease.Access));
        await login.Connection.Revoke(default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Renewal_WhenItsWriteFailsOnce_IsNotLost(bool tookEffect)
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        int failures = 0;
        Func<StoredRows.Write, bool> once = w =>
            w.State == "connection.tokens" && w.Key == login.ConnectionId && Interlocked.Increment(ref failures) == 1;
        (cluster.Rows.FailBefore, cluster.Rows.FailAfter) = tookEffect ? (null, once) : (once, (Func<StoredRows.Write, bool>?)null);
        cluster.Time.Advance(TimeSpan.FromMinutes(56));

        AccessLease lease = await login.Connection.Lease(default);
        (cluster.Rows.FailBefore, cluster.Rows.FailAfter) = (null, null);
        cluster.Time.Advance(TimeSpan.FromMinutes(56));
        AccessLease next = await login.Connection.Lease(default);

        Assert.True(failures >= 1);
        Assert.NotNull(lease.Access);
        Assert.Equal(lease.TokenVersion + 1, next.TokenVersion);
        Assert.NotNull(next.Access);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Token_WhenTheProviderRefusesIt_IsRenewedBeforeItIsLentAgain()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        login.Tokens.ExpireAccess(login.User);
        login.Remote.Put(TestLogin.Event("late", "Late"));

        await login.TellAsync();
        await cluster.UntilAsync(() => login.ShowsAsync("Late"), "a renewed token pulls");

        Assert.Equal(ConnectionState.Connected, (await login.Connection.Summary(default))!.State);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Login_WhenOnlyItsAccessTokensAreRefused_StaysConnectedWhileTheyCanBeRenewed()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        login.Provider.FaultScript = call => call.Kind == ProviderCallKind.ListCalendars && call.User == login.User
            ? new ProviderFault(ProviderFaultKind.Transient, "Down.")
            : null;
        for (int i = 0; i < 5; i++)
        {
            AccessLease lease = await login.Connection.Lease(default);
            await login.Connection.ReportFault(lease.TokenVersion, ProviderFaultKind.AuthDead, "401", null, default);
            await cluster.PassAsync(TimeSpan.FromMinutes(1));
        }

        login.Provider.FaultScript = null;
        Assert.Equal(ConnectionState.Connected, (await login.Connection.Summary(default))!.State);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Renewal_WhenTheTokenEndpointFailsForHours_LeavesTheLoginConnected()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        login.Tokens.FailNext(ProviderFaultKind.Transient, 500);
        cluster.Time.Advance(TimeSpan.FromMinutes(61));
        int before = Renewals(login);
        await login.TellAsync();
        await cluster.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromSeconds(30));

        Assert.Equal(ConnectionState.Connected, (await login.Connection.Summary(default))!.State);
        Assert.Null((await login.Connection.Lease(default)).Access);
        Assert.InRange(Renewals(login) - before, 2, 40);
        await login.Connection.Revoke(default);
        login.Tokens.ClearFaults();
    }

    [Fact]
    public async Task Login_WhenTakenBackAtTheProvider_IsDisconnectedUntilItsPersonConnectsAgainWithItsIds()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        string calendar = login.CalendarId;
        login.Tokens.TakeBack(login.User);
        await login.TellAsync();

        await cluster.UntilAsync(
            async () => (await login.Person.View(default)).Connections[0].State == ConnectionState.Disconnected,
            "the person learns that the login is dead");
        Assert.Equal("invalid_grant", (await login.Connection.Summary(default))!.Reason);

        await login.ClaimAsync();
        login.Remote.Put(TestLogin.Event("again", "Again"));
        await cluster.UntilAsync(() => login.ShowsAsync("Again"), "it is kept equal again");
        ConnectionSummary again = (await login.Connection.Summary(default))!;
        Assert.Equal((ConnectionState.Connected, null), (again.State, again.Reason));
        Assert.Equal(calendar, Assert.Single(again.Calendars).CalendarId);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Revoke_WhenThePersonDisconnects_EndsWatchesAndTokensAtTheProvider()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);

        await login.Connection.Revoke(default);
        await cluster.UntilAsync(
            () => Task.FromResult(login.Tokens.Revoked.Contains(login.User, StringComparer.Ordinal)), "the tokens are taken back");

        Assert.Empty(login.Watching.Of(login.Remote.Id));
        Assert.Empty(login.Watching.Of(login.ListName));
        Assert.Null(cluster.Rows.Bytes("connection.outbox", login.ConnectionId));
        Assert.Null(cluster.Rows.Bytes("connection.tokens", login.ConnectionId));
    }

    private static int Renewals(TestLogin login) => login.Tokens.Renewed.Count(u => u == login.User);
}

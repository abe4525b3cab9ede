using CalendarActors.Domain.Providers;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Graph.Http;

namespace CalendarActors.Convergence.Tests;

/// <summary>A login whose access token is old whenever all its calendars look at once.</summary>
[Collection(SharedSimulatedCluster.Name)]
public sealed class RenewedDayTests(SimulatedCluster cluster)
{
    private const int Hours = 24;
    private const int Logins = 5;

    // A renewal must not be cut off by the time that passes for everybody.
    private const int QuietPolls = 20;

    [Theory]
    [InlineData(ProviderNames.Google)]
    [InlineData(ProviderNames.Office365)]
    public async Task Login_WhenItsCalendarsNeedANewTokenAtOnce_IsRenewedOnce(string provider)
    {
        bool isGoogle = provider == ProviderNames.Google;
        await using SimulatorStage stage = isGoogle
            ? await GoogleStage.StartAsync(cluster.Time, seed: 1)
            : await GraphStage.StartAsync(cluster.Time, seed: 1, pageSize: 10, refreshTokensWorkOnce: true);
        cluster.Stage = stage;
        History[] logins = [.. Enumerable.Range(1, Logins).Select(seed => new History(cluster, seed))];
        await Task.WhenAll(logins.Select(l => l.BeginAsync()));
        await cluster.LetWorkRunAsync(QuietPolls);
        stage.Requests.Clear();

        for (int hour = 0; hour < Hours; hour++)
        {
            cluster.Time.Advance(TimeSpan.FromMinutes(61));
            await Task.WhenAll(logins.Select(l => l.LookAsync()));
            await cluster.LetWorkRunAsync(QuietPolls);
        }

        int renewals = stage.Requests.Count(isGoogle ? GoogleRequests.Token : RequestClasses.Token);
        Assert.InRange(renewals, 1, Logins * Hours);
        foreach (History login in logins)
        {
            await login.CompareAsync();
        }

        Task ended = Task.WhenAll(logins.Select(l => l.EndAsync()));
        await cluster.PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10));
        await ended;
    }
}

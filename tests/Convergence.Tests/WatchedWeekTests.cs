using CalendarActors.Domain.Providers;

namespace CalendarActors.Convergence.Tests;

/// <summary>What a week costs in which nothing happens.</summary>
[Collection(SharedSimulatedCluster.Name)]
public sealed class WatchedWeekTests(SimulatedCluster cluster)
{
    // A day longer than any watch lives.
    private const int Days = 8;
    private const int Logins = 5;

    // Of Graph, when nobody says.
    private const int UsualPage = 10;

    // Requests for tokens come besides.
    private const int CallsOfADay = 8;

    [Theory]
    [InlineData(ProviderNames.Google)]
    [InlineData(ProviderNames.Office365)]
    public async Task Calendar_WhenIdleForAWeek_IsNeverUnwatchedAndCostsFewCalls(string provider)
    {
        await using SimulatorStage stage = provider == ProviderNames.Google
            ? await GoogleStage.StartAsync(cluster.Time, seed: 1)
            : await GraphStage.StartAsync(cluster.Time, seed: 1, UsualPage);
        cluster.Stage = stage;
        cluster.Sync.ReconcileInterval = TimeSpan.FromHours(6);
        cluster.Sync.WatchedReconcileInterval = TimeSpan.FromDays(1);
        History[] logins = [.. Enumerable.Range(1, Logins).Select(seed => new History(cluster, seed))];
        await Task.WhenAll(logins.Select(l => l.BeginAsync()));
        await cluster.PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10));
        stage.Requests.Clear();

        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromDays(Days); passed += TimeSpan.FromMinutes(15))
        {
            await cluster.PassAsync(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15));
            Assert.All(logins, l => Assert.True(l.Remote.IsWatched, $"unwatched after {passed}"));
        }

        Assert.Equal(0, stage.WatchLapses);

        foreach (History login in logins)
        {
            double aDay = (double)login.Remote.Asked.Count() / login.CalendarCount / Days;
            Assert.True(aDay is >= 1 and <= CallsOfADay, $"{aDay} calls a day for each of {login.CalendarCount} calendars");
        }

        foreach (History login in logins)
        {
            await login.CompareAsync();
        }

        Task ended = Task.WhenAll(logins.Select(l => l.EndAsync()));
        await cluster.PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10));
        await ended;
    }
}

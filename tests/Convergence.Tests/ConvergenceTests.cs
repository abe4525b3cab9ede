using System.Globalization;
using CalendarActors.Domain.Providers;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Convergence.Tests;

/// <summary>
/// Whatever people do at the provider, an application writes, the provider fails, notifications get lost and our process
/// forgets: in the end the cache is what the provider has, and every acknowledged write is there once.
/// </summary>
/// <remarks>
/// Histories of a batch share virtual time and a simulator, and nothing else. In every fourth batch nobody is ever told
/// anything. <c>CALENDARACTORS_TEST_SCALE</c> multiplies the histories of a batch, <c>CALENDARACTORS_SEED</c> replays the
/// batch of one seed.
/// </remarks>
[Collection(SharedSimulatedCluster.Name)]
public sealed class ConvergenceTests(SimulatedCluster cluster)
{
    private const int Batches = 8;
    private const int Histories = 25;
    private const int Steps = 25;

    public static TheoryData<string, int> All
    {
        get
        {
            TheoryData<string, int> all = [];
            foreach (string provider in new[] { ProviderNames.Google, ProviderNames.Office365 })
            {
                for (int batch = 0; batch < Batches; batch++)
                {
                    all.Add(provider, batch);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task CacheAndProvider_AfterAnyHistory_AreEqual(string provider, int batch)
    {
        int size = Histories * Math.Max(1, Number("CALENDARACTORS_TEST_SCALE") ?? 1);
        if (Number("CALENDARACTORS_SEED") is { } wanted && (wanted - 1) / size != batch)
        {
            return;
        }

        await using Stage stage = provider == ProviderNames.Google
            ? await GoogleStage.StartAsync(cluster.Time, batch + 1)
            : await GraphStage.StartAsync(cluster.Time, batch + 1, pageSize: 3 + batch);
        cluster.Stage = stage;

        // In every other batch nothing is compared item by item: pulls alone must find everything.
        bool isCompared = batch % 2 == 0;
        cluster.Sync.ReconcileInterval = isCompared ? TimeSpan.FromHours(6) : TimeSpan.FromDays(7);
        cluster.Sync.WatchedReconcileInterval = isCompared ? TimeSpan.FromDays(1) : TimeSpan.FromDays(7);
        History[] histories = [.. Enumerable.Range(1 + (batch * size), size).Select(seed => new History(cluster, seed))];
        await Task.WhenAll(histories.Select(h => h.BeginAsync()));
        stage.Trouble(isCompared);
        Trouble(stage.Notifications, isSilent: batch % 4 == 0);

        Random random = new(batch);
        for (int step = 0; step < Steps; step++)
        {
            await Task.WhenAll(histories.Select(h => h.StepAsync()));
            await PassAsync(random);
        }

        stage.Calm();
        if (batch % 4 == 0)
        {
            stage.Notifications.Lose = 1;
        }

        await SettleAsync();
        if (batch % 4 != 0)
        {
            await TellTooEarlyAsync(stage, histories);
        }

        if (stage.WatchLife is { } life)
        {
            await LoseWatchesAsync(histories, life);
        }

        List<string> failures = [];
        foreach (History history in histories)
        {
            try
            {
                await history.CompareAsync();
            }
            catch (Exception exception)
            {
                failures.Add($"seed {history.Seed}:\n{string.Join('\n', history.Script)}\n{exception.Message}");
            }
        }

        Task ended = Task.WhenAll(histories.Select(h => h.EndAsync()));
        await cluster.PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10));
        await ended;
        Assert.True(failures.Count == 0, $"{failures.Count} of {size} differ.\n{failures.FirstOrDefault()}");
    }

    private static void Trouble(NotificationScript notifications, bool isSilent)
    {
        notifications.Lose = isSilent ? 1 : 0.2;
        notifications.Duplicate = 0.2;
        notifications.Delay = 0.2;
        notifications.Reorder = 0.3;
        notifications.Forge = 0.1;
        notifications.BeforeReadable = 0.2;
    }

    private Task PassAsync(Random random) => random.Next(8) switch
    {
        0 => cluster.PassAsync(TimeSpan.FromHours(random.Next(1, 30)), TimeSpan.FromMinutes(10)),
        1 or 2 => cluster.PassAsync(TimeSpan.FromMinutes(random.Next(1, 30)), TimeSpan.FromMinutes(1)),
        _ => cluster.PassAsync(TimeSpan.FromSeconds(random.Next(1, 20)), TimeSpan.FromSeconds(2)),
    };

    /// <summary>The slow poll finds what nobody told of; the daily comparison what pulls have missed.</summary>
    private Task SettleAsync() => cluster.PassAsync(TimeSpan.FromHours(28), TimeSpan.FromMinutes(6));

    /// <summary>
    /// Whoever is watched is told of changes that cannot be read yet: looking again finds them, long before a poll would.
    /// </summary>
    private Task TellTooEarlyAsync(Stage stage, History[] histories)
    {
        stage.Notifications.BeforeReadable = 1;
        foreach (History history in histories.Where(h => h.Remote.IsWatched))
        {
            history.Remote.Act();
            history.Remote.Act();
        }

        return cluster.PassAsync(TimeSpan.FromMinutes(8), TimeSpan.FromSeconds(5));
    }

    /// <summary>
    /// Whoever is watched is so no longer, and not told of changes: the next watch begins with a look, long before a poll.
    /// </summary>
    private Task LoseWatchesAsync(History[] histories, TimeSpan life)
    {
        foreach (History history in histories.Where(h => h.Remote.IsWatched))
        {
            history.Remote.DropWatches();
            history.Remote.Act();
            history.Remote.Act();
        }

        return cluster.PassAsync(life, TimeSpan.FromMinutes(1));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}

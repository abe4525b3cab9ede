using CalendarActors.Domain.Providers;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Convergence.Tests;

/// <summary>
/// Whatever people do at the provider, an application writes, the provider fails, notifications get lost and our process
/// forgets: in the end the cache is what the provider has, and every acknowledged write is there once.
/// </summary>
/// <remarks>
/// Histories of a batch share virtual time and a simulator, and nothing else. In every fourth batch nobody is ever told
/// anything. <c>CALENDARACTORS_TEST_SCALE</c> multiplies the histories of a batch and, above 1, draws their pauses out;
/// <c>CALENDARACTORS_SEED</c> replays the batch of one seed.
/// </remarks>
[Collection(SharedSimulatedCluster.Name)]
public sealed class ConvergenceTests(SimulatedCluster cluster)
{
    private const int Batches = 8;
    private const int Histories = 25;

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
        await using SimulatorStage stage = provider == ProviderNames.Google
            ? await GoogleStage.StartAsync(cluster.Time, batch + 1)
            : await GraphStage.StartAsync(cluster.Time, batch + 1, pageSize: 3 + batch);

        // In every other batch nothing is compared item by item: pulls alone must find everything.
        bool isCompared = batch % 2 == 0;
        cluster.Sync.ReconcileInterval = isCompared ? TimeSpan.FromHours(6) : TimeSpan.FromDays(7);
        cluster.Sync.WatchedReconcileInterval = isCompared ? TimeSpan.FromDays(1) : TimeSpan.FromDays(7);
        bool isSilent = batch % 4 == 0;
        await new HistoryBatch(cluster, stage, batch, Histories)
        {
            LongestHours = HistoryBatch.Scale > 1 ? 30 : 12,
            Trouble = () =>
            {
                stage.Trouble(isCompared);
                Trouble(stage.Notifications, isSilent);
            },
            Settle = async histories =>
            {
                stage.Notifications.Lose = isSilent ? 1 : 0;

                // The slow poll, every six hours, finds what nobody told of; the daily comparison what pulls have missed.
                await cluster.PassAsync(TimeSpan.FromHours(isCompared ? 28 : 8), TimeSpan.FromMinutes(6));
                if (!isSilent)
                {
                    await TellTooEarlyAsync(stage, histories);
                }

                if (stage.WatchLife is { } life)
                {
                    await LoseWatchesAsync(histories, life);
                }
            },
        }.RunAsync();
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

    /// <summary>
    /// Whoever is watched is told of changes that cannot be read yet: looking again finds them, long before a poll would.
    /// </summary>
    private async Task TellTooEarlyAsync(SimulatorStage stage, History[] histories)
    {
        stage.Notifications.BeforeReadable = 1;
        foreach (History history in histories.Where(h => h.Remote.IsWatched))
        {
            await history.Remote.ActAsync();
            await history.Remote.ActAsync();
        }

        await cluster.PassAsync(TimeSpan.FromMinutes(8), TimeSpan.FromSeconds(5));
    }

    /// <summary>
    /// Whoever is watched is so no longer, and not told of changes: the next watch begins with a look, long before a poll.
    /// </summary>
    private async Task LoseWatchesAsync(History[] histories, TimeSpan life)
    {
        foreach (History history in histories.Where(h => h.Remote.IsWatched))
        {
            history.Remote.DropWatches();
            await history.Remote.ActAsync();
            await history.Remote.ActAsync();
        }

        await cluster.PassAsync(life, TimeSpan.FromMinutes(1));
    }
}

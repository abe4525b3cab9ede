using CalendarActors.TestKit.Machine;

namespace CalendarActors.Convergence.Tests;

/// <summary>As <see cref="ConvergenceTests"/>, at a real CalDAV server: it is only ever polled.</summary>
[Collection(SharedSimulatedCluster.Name)]
public sealed class CalDavConvergenceTests(SimulatedCluster cluster)
{
    private const int Histories = 25;

    [TheoryNeeding("radicale")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task CacheAndServer_AfterAnyHistory_AreEqual(int batch)
    {
        await using CalDavStage stage = await CalDavStage.StartAsync(cluster.Time);

        // The server is real, so every poll costs real time: they are an hour apart.
        TimeSpan usual = cluster.Sync.PollInterval;
        cluster.Sync.PollInterval = TimeSpan.FromHours(1);

        // In every other batch nothing is compared item by item: pulls alone must find everything.
        bool isCompared = batch % 2 == 0;
        cluster.Sync.ReconcileInterval = isCompared ? TimeSpan.FromHours(3) : TimeSpan.FromDays(7);
        try
        {
            await new HistoryBatch(cluster, stage, batch, Histories)
            {
                LongestHours = 6,
                Trouble = () => stage.Trouble(isCompared),
                Settle = _ => cluster.PassAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(6)),
            }.RunAsync();
        }
        finally
        {
            cluster.Sync.PollInterval = usual;
        }
    }
}

using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>Silos come and go, one of them by <c>kill -9</c>, while applications write through both gateways.</summary>
public sealed class KilledSiloTests
{
    [FactNeeding("initdb")]
    public async Task Cluster_WhenOneSiloIsKilledAndTheOtherIsReplaced_StillHasEachAcknowledgedWriteOnce()
    {
        await using SmallCluster cluster = await SmallCluster.StartAsync();
        ApplicationCalendar[] calendars = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => ApplicationCalendar.OpenAsync(cluster.Gateways[0])));
        await using SteadyWriters writers = new(calendars, SmallCluster.Patience, [.. cluster.Gateways.Select(gateway => gateway.Http)]);
        await writers.GoOnAsync(writes: 5);

        // 1. One dies; those that it had go on at the other.
        await cluster.Silos[0].KillAsync();
        await writers.GoOnAsync(writes: 5);

        // 2. A third one joins, and the second one leaves in good order: nothing that the first two knew is in memory then.
        await cluster.StartSiloAsync();
        Assert.Equal(0, await cluster.Silos[1].StopAsync());
        await writers.GoOnAsync(writes: 5);
        await writers.StopAsync();

        foreach (RunningNode gateway in cluster.Gateways)
        {
            await writers.AssertAllThereOnceAsync(gateway.Http);
        }
    }
}

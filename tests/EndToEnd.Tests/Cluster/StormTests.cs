using System.Globalization;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;
using Xunit.Abstractions;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>
/// Silos stand still or die, and the database dies, again and again, while applications write through both gateways.
/// <c>CALENDARACTORS_TEST_SCALE</c> is the number of rounds, 1 when it is not set.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Writers = 4;
    private const int WritesOfARound = 5;

    private static int Rounds => int.TryParse(
        Environment.GetEnvironmentVariable("CALENDARACTORS_TEST_SCALE"), CultureInfo.InvariantCulture, out int scale) ? Math.Max(1, scale) : 1;

    /// <summary>One of three stands still until the others have voted it out, or is killed.</summary>
    [FactNeeding("initdb")]
    public async Task Cluster_WhenSilosStandStillOrDieAgainAndAgain_StillHasEachAcknowledgedWriteOnce()
    {
        await using SmallCluster cluster = await SmallCluster.StartAsync(silos: 3);
        await using SteadyWriters writers = await WritersAsync(cluster);
        List<RunningNode> silos = [.. cluster.Silos];
        Random random = new(Rounds);
        for (int round = 0; round < Rounds; round++)
        {
            RunningNode victim = silos[random.Next(silos.Count)];
            silos.Remove(victim);
            if (round % 2 == 0)
            {
                // It comes back believing that it has what others have by now, and ends once it reads that it is dead.
                await victim.PauseAsync();
                await writers.GoOnAsync(WritesOfARound);
                await Eventually.HoldsAsync(() => cluster.IsVotedOutAsync(victim), otherwise: cluster.Output);
                await victim.ResumeAsync();
                await Eventually.HoldsAsync(() => Task.FromResult(victim.HasExited), otherwise: () => victim.Output);
            }
            else
            {
                await victim.KillAsync();
                await writers.GoOnAsync(WritesOfARound);
            }

            silos.Add(await cluster.StartSiloAsync());
            await writers.GoOnAsync(WritesOfARound);
        }

        await EndAsync(cluster, writers);
    }

    /// <summary>It dies amid commits: what was acknowledged is in its log, and what was not is no acknowledgement.</summary>
    [FactNeeding("initdb")]
    public async Task Cluster_WhenTheDatabaseDiesAgainAndAgain_StillHasEachAcknowledgedWriteOnce()
    {
        await using SmallCluster cluster = await SmallCluster.StartAsync();
        await using SteadyWriters writers = await WritersAsync(cluster);
        for (int round = 0; round < Rounds; round++)
        {
            await cluster.RestartDatabaseAsync(missed: () =>
            {
                int before = writers.Refusals.Count;
                return Eventually.HoldsAsync(() => Task.FromResult(writers.Refusals.Count >= before + Writers));
            });
            await writers.GoOnAsync(WritesOfARound);
        }

        await EndAsync(cluster, writers);
    }

    private static async Task<SteadyWriters> WritersAsync(SmallCluster cluster)
    {
        SteadyWriters writers = new(
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => ApplicationCalendar.OpenAsync(cluster.Gateways[0]))),
            SmallCluster.Patience,
            [.. cluster.Gateways.Select(gateway => gateway.Http)]);
        await writers.GoOnAsync(WritesOfARound);
        return writers;
    }

    private async Task EndAsync(SmallCluster cluster, SteadyWriters writers)
    {
        await writers.StopAsync();
        output.WriteLine($"{Rounds} rounds, {writers.Acknowledged} writes acknowledged, {writers.Refusals.Count} repeated after a refusal or none");
        foreach (RunningNode gateway in cluster.Gateways)
        {
            await writers.AssertAllThereOnceAsync(gateway.Http);
        }
    }
}

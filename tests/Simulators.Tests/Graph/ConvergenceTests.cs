using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Graph.Delta;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>A client that keeps delta's rules knows the truth in the end, whatever happens.</summary>
public sealed class ConvergenceTests
{
    private const string Immutable = "IdType=\"ImmutableId\"";
    private static readonly DateTimeOffset Start = GraphScene.Noon.AddDays(-1);
    private static readonly DateTimeOffset End = GraphScene.Noon.AddDays(20);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Client_WhenHistoryIsRandomAndDeltaFaulty_KnowsTheTruth(int seed)
    {
        await using GraphScene scene = await GraphScene.OpenAsync(clock => new() { Time = clock, Seed = seed });
        scene.Simulator.Faults.Randomly(RequestClasses.Delta, 0.2, Fault.OfProvider(DeltaFaults.Repeat));
        scene.Simulator.Faults.Randomly(RequestClasses.Delta, 0.2, Fault.OfProvider(DeltaFaults.EmptyPage));
        scene.Simulator.Faults.Randomly(RequestClasses.Delta, 0.2, Fault.OfProvider(DeltaFaults.Replay));
        scene.Simulator.Faults.Randomly(RequestClasses.Delta, 0.2, Fault.OfProvider(DeltaFaults.DaysNotRemoved));
        var random = new Random(seed);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        string url = scene.DeltaOf("2026-11-24", "2026-12-15").Replace("T00:00:00Z", "T12:00:00Z", StringComparison.Ordinal);
        for (int round = 0; round < 15; round++)
        {
            for (int change = random.Next(4); change > 0; change--)
            {
                Change(scene, random);
            }

            var (rows, link, _) = await scene.PullAsync(url, Immutable, "odata.maxpagesize=7");
            url = link;
            foreach (JsonObject row in rows)
            {
                Apply(known, row);
            }

            var truth = scene.Simulator.TrueView(scene.Calendar, Start, End).ToDictionary(static one => (string)one["id"]!, Place, StringComparer.Ordinal);
            Assert.Equal(truth.OrderBy(static one => one.Key, StringComparer.Ordinal), known.OrderBy(static one => one.Key, StringComparer.Ordinal));
        }
    }

    private static void Apply(Dictionary<string, string> known, JsonObject row)
    {
        string id = (string)row["id"]!;
        if (row["@removed"] is not null)
        {
            // A series takes its days along, told or not.
            foreach (string gone in known.Keys.Where(one => one == id || one.StartsWith(id + "o", StringComparison.Ordinal)).ToArray())
            {
                known.Remove(gone);
            }
        }
        else if ((string?)row["type"] != "seriesMaster")
        {
            known[id] = Place(row);
        }
    }

    private static void Change(GraphScene scene, Random random)
    {
        GraphSimulator simulator = scene.Simulator;
        string[] ids = [.. simulator.TrueEvents(scene.Calendar).Select(static one => (string)one["id"]!)];
        string[] days = [.. simulator.TrueView(scene.Calendar, Start.AddDays(-10), End.AddDays(10)).Select(static one => (string)one["id"]!)];
        string start = $"{GraphScene.Noon.AddDays(random.Next(-5, 25)).AddHours(random.Next(24)):yyyy-MM-ddTHH:mm:ss}";
        JsonObject hour = GraphScene.Hour(random.Next().ToString(CultureInfo.InvariantCulture), start);
        switch (random.Next(6))
        {
            case 0 when ids.Length > 0:
                simulator.DeleteEvent(scene.Calendar, ids[random.Next(ids.Length)]);
                break;
            case 1 when days.Length > 0:
                simulator.DeleteEvent(scene.Calendar, days[random.Next(days.Length)]);
                break;
            case 2 or 3 when days.Length > 0:
                simulator.PatchEvent(scene.Calendar, days[random.Next(days.Length)], hour);
                break;
            case 4:
                hour["recurrence"] = GraphScene.Daily(start[..10], random.Next(1, 12));
                simulator.PutEvent(scene.Calendar, hour);
                break;
            default:
                simulator.PutEvent(scene.Calendar, hour);
                break;
        }
    }

    private static string Place(JsonObject row) => $"{row["start"]!["dateTime"]} {row["end"]!["dateTime"]}";
}

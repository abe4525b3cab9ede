using System.Diagnostics;
using CalendarActors.Bench.Peers;

namespace CalendarActors.Bench;

/// <summary>
/// Many channels on one calendar: deliveries a second and commits a change as they grow from 1 to 1,000, what ten channels
/// that hang cost the others, and durable deliveries a second beside graphile-worker on the same PostgreSQL.
/// </summary>
internal static class ChannelBench
{
    private const int Most = 1_000;
    private const int Hanging = 10;
    private const int PerApplication = 125;
    private const int DeliveriesALeg = 5_000;

    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title($"channels: 1 to {Most:N0} on one calendar, {(options.PostgreSql ? "PostgreSQL" : "SQLite")}");
        await using CallbackSink sink = await CallbackSink.StartAsync();
        PushingGoogle google = await PushingGoogle.StartAsync();
        await using PushScene scene = await PushScene.SetAsync(options, google);
        (PushedCalendar calendar, IReadOnlyList<string> tokens) =
            await scene.ConnectOneToManyAsync(0, (Most + Hanging) / PerApplication + 1);

        int open = 0;
        Task OpenAsync(string path) => scene.OpenChannelAsync(tokens[open++ / PerApplication], sink, path);
        foreach (int count in (int[])[1, 10, 100, Most])
        {
            while (open < count)
            {
                await OpenAsync($"/{open}");
            }

            await TellAllAsync(google, sink, calendar, count, 3);
            int changes = Math.Max(5, 200 / count);
            long commits = await scene.CommitsAsync();
            (double perSecond, double[] last) = await TellAllAsync(google, sink, calendar, count, changes);
            double each = (double)(await scene.CommitsAsync() - commits) / changes;
            Report.Line(
                $"  {count,5:N0} channels: {perSecond,8:N0} deliveries/s, the last told after {Alternating.Median(last),7:N1} ms (p50), {each,8:N1} commits a change");
        }

        await CompareWithQueueAsync(options, scene, google, sink, calendar);

        double quiet = await LateAsync(google, sink, calendar);
        for (int n = 0; n < Hanging; n++)
        {
            await OpenAsync($"{CallbackSink.Hanging}{n}");
        }

        double beside = await LateAsync(google, sink, calendar);
        Report.AtMost($"p99 of {Most:N0} beside {Hanging} that hang, in p99 without", beside / quiet, 2, "");
    }

    private static async Task CompareWithQueueAsync(
        BenchOptions options, PushScene scene, PushingGoogle google, CallbackSink sink, PushedCalendar calendar)
    {
        if (scene.Database is null || !QueuePeer.IsInstalled)
        {
            Report.Line("  (graphile-worker needs --storage postgresql and npm: left out)");
            return;
        }

        QueuePeer peer = new(await scene.NewDatabaseUrlAsync(), sink.Address);
        double[] medians = await Alternating.MediansAsync(
            options.Legs,
            new Side("graphile-worker, batched", () => peer.LegAsync(DeliveriesALeg, sink.BodyBytes)),
            new Side($"{Most:N0} channels", async () =>
                (await TellAllAsync(google, sink, calendar, Most, DeliveriesALeg / Most)).PerSecond));
        Report.AtLeast("P5, durable signed deliveries against graphile-worker", medians[1] / medians[0], 2);
    }

    /// <summary>Changes one after another, each once all channels were told of the one before.</summary>
    private static async Task<(double PerSecond, double[] Last)> TellAllAsync(
        PushingGoogle google, CallbackSink sink, PushedCalendar calendar, int channels, int changes)
    {
        List<double> last = [];
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; n < changes; n++)
        {
            long changed = Stopwatch.GetTimestamp();
            google.Change(calendar, $"Change {changed}");
            for (int channel = 0; channel < channels; channel++)
            {
                await sink.ToldAfterAsync($"/{channel}", changed);
            }

            last.Add(Stopwatch.GetElapsedTime(changed).TotalMilliseconds);
        }

        return (channels * changes / Stopwatch.GetElapsedTime(began).TotalSeconds, [.. last]);
    }

    /// <summary>The 99th of 100 channels' times from a change to their callback, over a few changes.</summary>
    private static async Task<double> LateAsync(PushingGoogle google, CallbackSink sink, PushedCalendar calendar)
    {
        List<double> times = [];
        for (int n = 0; n < 10; n++)
        {
            long changed = Stopwatch.GetTimestamp();
            google.Change(calendar, $"Change {changed}");
            for (int channel = 0; channel < Most; channel++)
            {
                times.Add(Stopwatch.GetElapsedTime(changed, await sink.ToldAfterAsync($"/{channel}", changed)).TotalMilliseconds);
            }
        }

        return times.Order().ElementAt((int)(times.Count * 0.99));
    }
}

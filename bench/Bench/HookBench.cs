using System.Diagnostics;
using CalendarActors.Bench.Peers;

namespace CalendarActors.Bench;

/// <summary>
/// The endpoints that providers notify: how long a notification waits for its answer, given once the hint is durable.
/// Steady and as a storm, beside a bare Kestrel that takes the same requests at the same rate.
/// </summary>
internal static class HookBench
{
    private const int HintsPerSecond = 50;
    private const int Hints = 1_000;
    private const int StormHints = 20_000;
    private const int StormAtOnce = 64;
    private const int WarmUp = 500;
    private const double Goal = 100;

    public static async Task RunAsync(BenchOptions options)
    {
        await RunAsync(options, await PushingGoogle.StartAsync());
        await RunAsync(options, await PushingMicrosoft.StartAsync());
    }

    private static async Task RunAsync(BenchOptions options, PushingProvider provider)
    {
        int count = Math.Min(options.Calendars, 1_000);
        Report.Title($"hook: {provider.HookPath}, {count:N0} watched calendars, {Environment.ProcessorCount} cores");
        await using PushScene scene = await PushScene.SetAsync(options, provider);
        Hint[] hints = await HintsAsync(provider, await scene.ConnectAsync(count));
        await using MeasuredProcess bare = await PeerProgram.StartAsync("fixed");
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = StormAtOnce });
        Uri hook = new(scene.Address, provider.HookPath);
        Uri nothing = new(bare.Address, "/hint");
        await StormAsync(http, nothing, hints, WarmUp);
        await StormAsync(http, hook, hints, WarmUp);

        await CompareAsync(
            options, $"{provider.Name}, {Hints:N0} at {HintsPerSecond}/s", nothing, hook, (to, n) => SteadyAsync(http, to, hints, n));
        await CompareAsync(
            options, $"{provider.Name}, storm of {StormHints:N0}", nothing, hook, (to, _) => StormAsync(http, to, hints, StormHints));
    }

    /// <summary>One believed notification for each calendar, taken from what the simulator sends of itself.</summary>
    private static async Task<Hint[]> HintsAsync(PushingProvider provider, PushedCalendar[] calendars)
    {
        foreach (PushedCalendar calendar in calendars)
        {
            provider.Change(calendar, "Told");
        }

        for (int second = 0; ; second++)
        {
            Hint[] hints = [.. provider.Deliveries.SelectMany(d => provider.HintsIn(d.Notification)).DistinctBy(h => h.Secret)];
            if (hints.Length >= calendars.Length)
            {
                return hints;
            }

            if (second > 120)
            {
                throw new InvalidOperationException($"{hints.Length} of {calendars.Length} calendars were told.");
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>A B A B …; every latency of a side counts.</summary>
    private static async Task CompareAsync(
        BenchOptions options, string what, Uri nothing, Uri hook, Func<Uri, int, Task<double[]>> leg)
    {
        List<double> bare = [];
        List<double> ours = [];
        for (int n = 0; n < options.Legs; n++)
        {
            bare.AddRange(await leg(nothing, n));
            ours.AddRange(await leg(hook, n));
        }

        (double bareMedian, double bareLate) = Quantiles(bare);
        (double median, double late) = Quantiles(ours);
        Report.Line($"  {what}, of {ours.Count:N0}: p50 {median:N2} ms, p99 {late:N2} ms, most {ours.Max():N1} ms");
        Report.Line($"  bare Kestrel: p50 {bareMedian:N2} ms, p99 {bareLate:N2} ms; ours is {median / bareMedian:N1} and {late / bareLate:N1} of it");
        Report.AtMost($"{what}, p99", late, Goal, "ms");
    }

    /// <summary>At a fixed rate, whether or not the one before was answered.</summary>
    private static async Task<double[]> SteadyAsync(HttpClient http, Uri to, Hint[] hints, int leg)
    {
        List<Task<double>> running = [];
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; n < Hints; n++)
        {
            TimeSpan wait = TimeSpan.FromSeconds((double)n / HintsPerSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            running.Add(TellAsync(http, to, hints[(n + (leg * 7)) % hints.Length]));
        }

        return await Task.WhenAll(running);
    }

    /// <summary>As fast as they are answered.</summary>
    private static async Task<double[]> StormAsync(HttpClient http, Uri to, Hint[] hints, int count)
    {
        double[] latencies = new double[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = StormAtOnce }, async (n, _) =>
            latencies[n] = await TellAsync(http, to, hints[n % hints.Length]));
        return latencies;
    }

    private static async Task<double> TellAsync(HttpClient http, Uri to, Hint hint)
    {
        using HttpRequestMessage request = hint.To(to);
        long began = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await http.SendAsync(request);
        double took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        response.EnsureSuccessStatusCode();
        return took;
    }

    private static (double Median, double Late) Quantiles(List<double> latencies)
    {
        double[] sorted = [.. latencies.Order()];
        return (Alternating.Median(sorted), sorted[(int)(sorted.Length * 0.99)]);
    }
}

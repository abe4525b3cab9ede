using System.Collections.Concurrent;
using System.Diagnostics;

namespace CalendarActors.Bench;

/// <summary>
/// From a change at the provider, through its notification, our pull and commit, to the application's being called back:
/// 50 changes a second over calendars with one channel each. The simulated Google notifies at once, the sink answers at once.
/// </summary>
internal static class DeliverBench
{
    private const int ChangesPerSecond = 50;
    private const int Changes = 1_000;

    /// <summary>Changes before those that count: a process that just started compiles what it runs.</summary>
    private const int WarmUp = 200;

    public static async Task RunAsync(BenchOptions options)
    {
        int count = Math.Min(options.Calendars, 1_000);
        Report.Title($"deliver: {Changes:N0} changes at {ChangesPerSecond}/s over {count:N0} watched calendars with a channel each");
        await using CallbackSink sink = await CallbackSink.StartAsync();
        PushingGoogle google = await PushingGoogle.StartAsync();
        await using PushScene scene = await PushScene.SetAsync(options, google);
        PushedCalendar[] calendars = await scene.ConnectAsync(count);
        for (int n = 0; n < count; n++)
        {
            await scene.OpenChannelAsync(calendars[n].Token, sink, $"/{n}");
        }

        ConcurrentBag<double> latencies = [];
        List<Task> running = [];
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; n < WarmUp + Changes; n++)
        {
            TimeSpan wait = TimeSpan.FromSeconds((double)n / ChangesPerSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            running.Add(ChangeAsync(google, sink, calendars[n % count], $"/{n % count}", $"Change {n}", n < WarmUp ? [] : latencies));
        }

        await Task.WhenAll(running);
        double[] sorted = [.. latencies.Order()];
        Report.AtMost("change to callback, p50", Alternating.Median(sorted), 25, "ms");
        Report.AtMost("change to callback, p99", sorted[(int)(sorted.Length * 0.99)], 150, "ms");
        Report.Line($"  most {sorted[^1]:N1} ms");
    }

    private static async Task ChangeAsync(
        PushingGoogle google, CallbackSink sink, PushedCalendar calendar, string path, string title, ConcurrentBag<double> latencies)
    {
        await Task.Yield();
        long began = Stopwatch.GetTimestamp();
        google.Change(calendar, title);
        try
        {
            latencies.Add(Stopwatch.GetElapsedTime(began, await sink.ToldAfterAsync(path, began)).TotalMilliseconds);
        }
        catch (TimeoutException late)
        {
            IEnumerable<string> refused = google.Deliveries
                .Where(d => d.Status is < 200 or > 299)
                .Select(d => $"{d.At:HH:mm:ss.fff} attempt {d.Attempt}: {d.Status}");
            throw new InvalidOperationException(
                $"{title} of {calendar.Email} was not called back within a minute. Notifications that were not taken: {string.Join(", ", refused)}.", late);
        }
    }
}

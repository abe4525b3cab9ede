using System.Diagnostics;

namespace CalendarActors.Bench;

/// <summary>
/// Hours of ordinary work: changes at the provider, callbacks, reads. What is alive afterwards must be what was alive before.
/// Goal R13.
/// </summary>
internal static class SoakBench
{
    private const int Calendars = 200;
    private const int PerSecond = 20;
    private const int Samples = 7;

    public static async Task RunAsync(BenchOptions options)
    {
        TimeSpan lasts = TimeSpan.FromSeconds(Math.Max(60, options.Seconds));
        Report.Title($"soak: {PerSecond} changes and {PerSecond} reads a second over {Calendars} watched calendars with a channel each, for {lasts.TotalMinutes:N0} minutes");
        await using CallbackSink sink = await CallbackSink.StartAsync();
        PushingGoogle google = await PushingGoogle.StartAsync();
        await using PushScene scene = await PushScene.SetAsync(options, google);
        PushedCalendar[] calendars = await scene.ConnectAsync(Calendars);
        for (int n = 0; n < Calendars; n++)
        {
            await scene.OpenChannelAsync(calendars[n].Token, sink, $"/{n}");
        }

        // What is compiled, pooled and cached once is there after the first half, and the log of deliveries of each channel is
        // full, if that lasts a quarter of an hour.
        List<(double Minutes, double Megabytes)> alive = [];
        long began = Stopwatch.GetTimestamp();
        for (int part = 0; part < Samples; part++)
        {
            await WorkAsync(google, scene, calendars, part, lasts / Samples);
            await Task.Delay(TimeSpan.FromSeconds(2));
            double megabytes = await scene.HeapBytesAsync() / 1e6;
            Report.Line($"  after {Stopwatch.GetElapsedTime(began).TotalMinutes:N1} minutes alive {megabytes:N1} MB, resident {scene.Process.ResidentBytes / 1e6:N0} MB");
            if (part >= Samples / 2)
            {
                alive.Add((Stopwatch.GetElapsedTime(began).TotalMinutes, megabytes));
            }
        }

        Report.AtMost("R13 alive, more of it in 10 minutes", Slope(alive) * 10, 1, "MB");
    }

    private static async Task WorkAsync(PushingGoogle google, PushScene scene, PushedCalendar[] calendars, int part, TimeSpan lasts)
    {
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; Stopwatch.GetElapsedTime(began) < lasts; n++)
        {
            TimeSpan wait = TimeSpan.FromSeconds((double)n / PerSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            google.Change(calendars[n % calendars.Length], $"Part {part}, change {n}");
            await scene.Api.GetAsync(calendars[n * 7 % calendars.Length].Token, "/v1/events?tzid=Etc/UTC");
        }
    }

    /// <summary>Least squares, megabytes a minute.</summary>
    private static double Slope(List<(double Minutes, double Megabytes)> points)
    {
        double minutes = points.Average(p => p.Minutes);
        double megabytes = points.Average(p => p.Megabytes);
        return points.Sum(p => (p.Minutes - minutes) * (p.Megabytes - megabytes)) / points.Sum(p => Math.Pow(p.Minutes - minutes, 2));
    }
}

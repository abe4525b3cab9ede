using System.Diagnostics;
using CalendarActors.Simulators.Google;

namespace CalendarActors.Bench;

/// <summary>
/// What it costs to look after calendars that nobody changes or asks for: each is woken by its reminder, looks whether
/// something is due, and sleeps again. Goal G5, and the cadence of many.
/// </summary>
internal static class CadenceBench
{
    private const int CalendarsEach = 50;
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static async Task RunAsync(BenchOptions options)
    {
        int persons = Math.Max(1, options.Calendars / CalendarsEach);
        int calendars = persons * CalendarsEach;
        Report.Title($"cadence: {calendars:N0} watched Google calendars, each woken every {options.WakeMinutes} minutes, over {options.Seconds} s");
        PushingGoogle google = await PushingGoogle.StartAsync(CalendarsEach);
        await using PushScene scene = await PushScene.SetAsync(options, google, new Dictionary<string, string>
        {
            ["CalendarActors__Sync__WatchedWakeInterval"] = $"{options.WakeMinutes / 60:00}:{options.WakeMinutes % 60:00}:00",
        });

        long began = Stopwatch.GetTimestamp();
        await scene.AllowAsync(persons);
        // Each person's list of calendars is watched, too.
        for (int watched = 0; watched < calendars + persons; watched = google.Simulator.OpenChannels().Count)
        {
            if (Stopwatch.GetElapsedTime(began) > LongestWait)
            {
                throw new InvalidOperationException($"{watched} of {calendars + persons} watches are there.");
            }

            await Task.Delay(TimeSpan.FromSeconds(5));
        }

        Report.Line($"  connected and watched in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s, resident {scene.Process.ResidentBytes / 1e6:N0} MB");

        // A calendar's first wake comes between a tenth of the interval and all of it after its connection.
        TimeSpan rest = TimeSpan.FromMinutes(options.WakeMinutes) - Stopwatch.GetElapsedTime(began);
        await Task.Delay(rest > Settling ? rest : Settling);
        ProcessReading before = await scene.ReadAsync();
        google.Simulator.Requests.Clear();
        TimeSpan processor = scene.Process.ProcessorTime;
        began = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        processor = scene.Process.ProcessorTime - processor;
        int listings = google.Simulator.Requests.Count(GoogleRequests.Listing);
        ProcessReading after = await scene.ReadAsync();

        long ticks = after.Ticks - before.Ticks;
        Report.Line($"  {ticks:N0} wakes, {ticks / seconds:N1}/s, late {(after.SecondsLate - before.SecondsLate) / ticks * 1000:N0} ms on average, {after.SecondsLatest:N1} s at most; {listings:N0} listings");
        Report.Line($"  {processor.TotalSeconds / seconds * 100:N1} % of a core, {processor.TotalMilliseconds / ticks:N2} ms a wake; alive {after.BytesAlive / 1e6:N0} MB, resident {scene.Process.ResidentBytes / 1e6:N0} MB");
        Report.AtMost("G5 of a core per 1,000 watched calendars", processor.TotalSeconds / seconds * 100 / (calendars / 1000.0), 0.1, "%");
    }
}

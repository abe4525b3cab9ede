using System.Diagnostics;
using CalendarActors.Simulators.Google;

namespace CalendarActors.Bench;

/// <summary>
/// Some calendars change far faster than anybody needs to see it. What that costs those who only read theirs meanwhile, how
/// soon all of it is readable, and how many calls to the provider it takes. Goal G6.
/// </summary>
internal static class BurstBench
{
    private const int Busy = 50;
    private const int Changes = 20_000;
    private const int ReadsPerSecond = 50;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quietly = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title($"burst: {Changes:N0} changes of {Busy} calendars in {Lasts.TotalSeconds:N0} s beside {Busy} others that are read {ReadsPerSecond} times a second");
        PushingGoogle google = await PushingGoogle.StartAsync();
        await using PushScene scene = await PushScene.SetAsync(options, google);
        PushedCalendar[] calendars = await scene.ConnectAsync(Busy * 2);
        PushedCalendar[] busy = calendars[..Busy];
        PushedCalendar[] others = calendars[Busy..];

        await ReadAsync(scene, others, () => TimeSpan.FromSeconds(5));
        double[] quiet = await ReadAsync(scene, others, () => Quietly);

        google.Simulator.Requests.Clear();
        TimeSpan? ended = null;
        Task<double[]> reading = ReadAsync(scene, others, () => ended ?? LongestWait);
        long began = Stopwatch.GetTimestamp();
        await Task.Run(() => ChangeAsync(google, busy));
        TimeSpan changed = Stopwatch.GetElapsedTime(began);
        await Task.WhenAll(busy.Select((calendar, n) => SeenAsync(scene, calendar, Title(Changes - Busy + n))));
        ended = Stopwatch.GetElapsedTime(began);
        double[] beside = await reading;
        int calls = google.Simulator.Requests.Count(GoogleRequests.Listing);

        Report.Line($"  reads of the others: quiet p50 {Alternating.Median(quiet):N1} ms, p99 {Late(quiet):N1} ms; beside it p50 {Alternating.Median(beside):N1} ms, p99 {Late(beside):N1} ms");
        Report.Line($"  changed in {changed.TotalSeconds:N1} s; {calls:N0} listings, one for {(double)Changes / calls:N0} changes");
        Report.AtMost("G6 p99 beside it, in quiet ones", Late(beside) / Late(quiet), 2, "");
        Report.AtMost("G6 everything readable after the last change", (ended.Value - changed).TotalSeconds, 20, "s");
        Report.AtLeast("G6 changes for a call to the provider", (double)Changes / calls, 20);
    }

    private static string Title(int change) => $"Change {change}";

    private static double Late(double[] latencies) => latencies.Order().ElementAt((int)(latencies.Length * 0.99));

    private static async Task ChangeAsync(PushingGoogle google, PushedCalendar[] busy)
    {
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; n < Changes; n++)
        {
            TimeSpan wait = (Lasts * ((double)n / Changes)) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait);
            }

            google.Change(busy[n % Busy], Title(n));
        }
    }

    private static async Task SeenAsync(PushScene scene, PushedCalendar calendar, string title)
    {
        long began = Stopwatch.GetTimestamp();
        while (!(await scene.Api.GetAsync(calendar.Token, "/v1/events?tzid=Etc/UTC"))["events"]!.AsArray()
            .Any(e => (string?)e!["summary"] == title))
        {
            if (Stopwatch.GetElapsedTime(began) > LongestWait)
            {
                throw new InvalidOperationException($"{title} of {calendar.Email} was not seen.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }
    }

    private static async Task<double[]> ReadAsync(PushScene scene, PushedCalendar[] calendars, Func<TimeSpan> lasts)
    {
        List<Task<double>> running = [];
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; Stopwatch.GetElapsedTime(began) < lasts(); n++)
        {
            TimeSpan wait = TimeSpan.FromSeconds((double)n / ReadsPerSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            running.Add(ReadAsync(scene, calendars[n % calendars.Length]));
        }

        return await Task.WhenAll(running);
    }

    private static async Task<double> ReadAsync(PushScene scene, PushedCalendar calendar)
    {
        long began = Stopwatch.GetTimestamp();
        await scene.Api.GetAsync(calendar.Token, "/v1/events?tzid=Etc/UTC");
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}

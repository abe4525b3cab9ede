using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;

namespace CalendarActors.Bench;

/// <summary>
/// Freshness: from a change at the provider, through its notification, our pull and commit, to its being in
/// <c>/v1/events</c>. 50 changes a second over all calendars; the simulated Google notifies at once.
/// </summary>
internal static class PushBench
{
    private const int ChangesPerSecond = 50;
    private const int Changes = 1_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(BenchOptions options)
    {
        int count = Math.Min(options.Calendars, 1_000);
        Report.Title($"push: {Changes:N0} changes at {ChangesPerSecond}/s over {count:N0} watched Google calendars");
        PushingGoogle google = await PushingGoogle.StartAsync();
        await using PushScene scene = await PushScene.SetAsync(options, google);
        PushedCalendar[] calendars = await scene.ConnectAsync(count);

        double[] roundTrips = await RoundTripsAsync(google.Simulator, calendars[0]);
        ConcurrentBag<double> latencies = [];
        List<Task> running = [];
        long began = Stopwatch.GetTimestamp();
        for (int n = 0; n < Changes; n++)
        {
            TimeSpan wait = TimeSpan.FromSeconds((double)n / ChangesPerSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            running.Add(ChangeAsync(scene, google, calendars[n % count], $"Change {n}", latencies));
        }

        await Task.WhenAll(running);
        double[] sorted = [.. latencies.Order()];
        double trip = Alternating.Median(roundTrips);
        double median = Alternating.Median(sorted);
        double late = sorted[(int)(sorted.Length * 0.99)];
        Report.Line($"  change to readable: p50 {median:N1} ms, p99 {late:N1} ms, most {sorted[^1]:N1} ms, looked every {LookEvery.TotalMilliseconds:N0} ms");
        Report.Line($"  the simulator's own round trip: {trip:N2} ms; p50 is {median / trip:N1} and p99 {late / trip:N1} of them");
        Report.AtMost("push p99 above the provider's own delay of none", late, 150, "ms");
    }

    private static async Task ChangeAsync(
        PushScene scene, PushingGoogle google, PushedCalendar calendar, string summary, ConcurrentBag<double> latencies)
    {
        await Task.Yield();
        long began = Stopwatch.GetTimestamp();
        google.Change(calendar, summary);
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
        {
            JsonNode page = await scene.Api.GetAsync(calendar.Token, "/v1/events?tzid=Etc/UTC");
            if (page["events"]!.AsArray().Any(e => (string?)e!["summary"] == summary))
            {
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                return;
            }

            await Task.Delay(LookEvery);
        }

        throw new InvalidOperationException($"{calendar.Email} was not told within a minute.");
    }

    /// <summary>An empty listing, as each of our pulls makes one.</summary>
    private static async Task<double[]> RoundTripsAsync(GoogleSimulator google, PushedCalendar calendar)
    {
        using HttpClient http = new();
        string token = google.IssueTokens(calendar.Email).AccessToken;
        List<double> trips = [];
        for (int n = 0; n < 200; n++)
        {
            using HttpRequestMessage request = new(
                HttpMethod.Get, new Uri(google.ApiBaseUrl, $"calendars/{Uri.EscapeDataString(calendar.Email)}/events"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await http.SendAsync(request);
            await response.Content.ReadAsStringAsync();
            response.EnsureSuccessStatusCode();
            trips.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return [.. trips.Skip(50)];
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Bench.Peers;

namespace CalendarActors.Bench;

/// <summary>Free-busy of 42 days and 200 events of a CalDAV calendar, beside few and beside many events of former years. Goal G1.</summary>
internal static class OutsideBench
{
    private const int Few = 1_000;
    private const int Days = 42;

    public static async Task RunAsync(BenchOptions options)
    {
        int[] former = [Few, 10 * Few, options.Outside];
        Report.Title($"outside: free-busy of {CalDavPeer.EventsPerCalendar} events, beside {string.Join(", ", former.Select(n => $"{n:N0}"))} of former years");
        await using ConnectScene scene = await ConnectScene.SetAsync(options, former);
        TimeSpan connected = await scene.ConnectAsync();
        Report.Line($"  {former.Sum():N0} events connected and readable within {connected.TotalSeconds:N1} s");
        await Quiet.WaitAsync(scene.Product.Process);
        Side[] sides = [.. await Task.WhenAll(former.Select((count, n) => SideAsync(options, scene, count, n)))];
        foreach (Side side in sides)
        {
            await side.Leg();
        }

        double[] medians = await Alternating.MediansAsync(options.Legs, sides);

        Report.AtMost("G1 time of an answer, ten times as many / few", medians[0] / medians[1], 1.2, "x");
        Report.AtMost("G1 time of an answer, many / few", medians[0] / medians[2], 1.2, "x");
    }

    private static async Task<Side> SideAsync(BenchOptions options, ConnectScene scene, int former, int number)
    {
        DateTime start = SeededEvents.WindowStart(DateTime.UtcNow);
        using HttpClient client = new() { BaseAddress = scene.Product.Process.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", scene.AccessToken);
        string calendarId = JsonNode.Parse(await client.GetStringAsync("/v1/calendars"))!["calendars"]!.AsArray()
            .Where(c => (string)c!["calendar_name"]! == $"Calendar {number}").Select(c => (string)c!["calendar_id"]!).Single();
        Uri url = new(scene.Product.Process.Address, string.Create(
            CultureInfo.InvariantCulture,
            $"/v1/free_busy?tzid=Etc/UTC&from={start:yyyy-MM-dd}&to={start.AddDays(Days):yyyy-MM-dd}&calendar_ids[]={calendarId}"));
        Report.Line($"  an answer beside {former:N0}: {(await client.GetByteArrayAsync(url)).Length:N0} bytes");
        return new Side(
            string.Create(CultureInfo.InvariantCulture, $"beside {former} of former years, answers/s"),
            async () => (await Wrk.RunAsync(url, options.Connections, options.Seconds, scene.AccessToken)).RequestsPerSecond);
    }
}

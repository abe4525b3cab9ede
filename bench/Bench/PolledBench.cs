namespace CalendarActors.Bench;

/// <summary>What polled calendars cost at rest: CalDAV calendars of 200 events, each looked at every five minutes. Goal G5.</summary>
internal static class PolledBench
{
    private const int CalendarsEach = 50;

    public static async Task RunAsync(BenchOptions options)
    {
        int accounts = Math.Max(1, options.Calendars / CalendarsEach);
        int calendars = accounts * CalendarsEach;
        Report.Title($"polled: {calendars:N0} CalDAV calendars of 200 events at rest, polled every 5 minutes, over {options.Seconds} s");
        await using ConnectScene scene = await ConnectScene.SetAsync(options, CalendarsEach);
        for (int n = 0; n < accounts; n++)
        {
            await scene.ConnectAsync();
        }

        await Quiet.WaitAsync(scene.Product.Process);
        TimeSpan before = scene.Product.Process.ProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        double share = (scene.Product.Process.ProcessorTime - before).TotalSeconds / options.Seconds * 100;
        Report.Line($"  {share:N2} % of a core, with the HTTP to the server and what the process does at rest");
        Report.AtMost("G5 of a core per 1,000 polled calendars", share / (calendars / 1000.0), 1, "%");
    }
}

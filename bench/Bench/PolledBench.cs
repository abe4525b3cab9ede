namespace CalendarActors.Bench;

/// <summary>What polled calendars cost at rest: CalDAV calendars of 200 events, each looked at every five minutes. Goal G5.</summary>
internal static class PolledBench
{
    private const int CalendarsEach = 50;
    private const int RestSeconds = 60;

    public static async Task RunAsync(BenchOptions options)
    {
        int accounts = Math.Max(1, options.Calendars / CalendarsEach);
        int calendars = accounts * CalendarsEach;
        Report.Title($"polled: {calendars:N0} CalDAV calendars of 200 events at rest, polled every 5 minutes, over {options.Seconds} s");
        await using ConnectScene scene = await ConnectScene.SetAsync(options, CalendarsEach);

        // What a start leaves behind is compiled by then.
        await Task.Delay(TimeSpan.FromSeconds(RestSeconds));
        double alone = await ShareAsync(scene.Product.Process, RestSeconds);
        for (int n = 0; n < accounts; n++)
        {
            await scene.ConnectAsync();
        }

        await Quiet.WaitAsync(scene.Product.Process);
        double share = await ShareAsync(scene.Product.Process, options.Seconds);
        Report.Line($"  {share:N2} % of a core, {alone:N2} % of it before anything was connected");
        Report.AtMost("G5 of a core per 1,000 polled calendars, the process at rest included", share / (calendars / 1000.0), 1, "%");
    }

    /// <summary>Percent of a core over some seconds.</summary>
    private static async Task<double> ShareAsync(MeasuredProcess process, int seconds)
    {
        TimeSpan before = process.ProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return (process.ProcessorTime - before).TotalSeconds / seconds * 100;
    }
}

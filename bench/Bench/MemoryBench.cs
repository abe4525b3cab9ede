namespace CalendarActors.Bench;

/// <summary>Memory per connected calendar of 200 events, idle after its sync. Goal P9.</summary>
internal static class MemoryBench
{
    private const int CalendarsEach = 50;

    public static async Task RunAsync(BenchOptions options)
    {
        int accounts = Math.Max(1, options.Calendars / CalendarsEach);
        int calendars = accounts * CalendarsEach;
        Report.Title($"p9: memory of {calendars:N0} connected CalDAV calendars of 200 events");
        await using ConnectScene scene = await ConnectScene.SetAsync(options, CalendarsEach);

        // One account first: what is made once, not per calendar.
        await scene.ConnectAsync();
        await Quiet.WaitAsync(scene.Product.Process);
        long before = await scene.Product.HeapBytesAsync();
        for (int n = 0; n < accounts; n++)
        {
            await scene.ConnectAsync();
        }

        await Quiet.WaitAsync(scene.Product.Process);
        long after = await scene.Product.HeapBytesAsync();
        Report.Line($"  alive before {before / 1e6:N1} MB, after {after / 1e6:N1} MB, resident {scene.Product.Process.ResidentBytes / 1e6:N0} MB");
        Report.AtMost("P9 bytes alive per calendar", (after - before) / 1000.0 / calendars, 21, "KB");
        Report.AtMost("P9 resident", scene.Product.Process.ResidentBytes / 1e6, 600, "MB");
    }
}

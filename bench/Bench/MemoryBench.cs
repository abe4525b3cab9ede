namespace CalendarActors.Bench;

/// <summary>Memory per connected calendar of 200 events, idle after its sync. Goal P9.</summary>
internal static class MemoryBench
{
    private const int CalendarsEach = 50;

    public static async Task RunAsync(BenchOptions options)
    {
        int accounts = Math.Max(2, options.Calendars / CalendarsEach);
        Report.Title($"p9: memory of {accounts * CalendarsEach:N0} connected CalDAV calendars of 200 events");
        await using ConnectScene scene = await ConnectScene.SetAsync(options, CalendarsEach);

        // The first half also fills what a silo has once however many calendars there are, the read cache above all.
        int half = accounts / 2;
        long before = await ConnectAsync(scene, half);
        long after = await ConnectAsync(scene, accounts - half);
        Report.Line($"  alive before {before / 1e6:N1} MB, after {after / 1e6:N1} MB, resident {scene.Product.Process.ResidentBytes / 1e6:N0} MB");
        Report.AtMost("P9 bytes alive per calendar, of the second half", (after - before) / 1000.0 / ((accounts - half) * CalendarsEach), 21, "KB");
        Report.AtMost("P9 resident", scene.Product.Process.ResidentBytes / 1e6, 600, "MB");
    }

    private static async Task<long> ConnectAsync(ConnectScene scene, int accounts)
    {
        for (int n = 0; n < accounts; n++)
        {
            await scene.ConnectAsync();
        }

        await Quiet.WaitAsync(scene.Product.Process);
        return await scene.Product.HeapBytesAsync();
    }
}

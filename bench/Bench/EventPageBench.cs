namespace CalendarActors.Bench;

/// <summary>W4: a listing page of 100 events, opened from sealed content, against naive Kestrel + Npgsql. Goal P4.</summary>
internal static class EventPageBench
{
    // Measured once on the reference machine: writing the JSON of 100 events takes 57 µs.
    private const double JsonLimitMilliseconds = 0.057;

    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title("w4: a page of 100 events");
        await using ReadScene scene = await ReadScene.SetAsync(options);
        Uri ours = scene.Ours("/v1/events", "&include_managed=true");
        Uri sql = scene.Sql("/w4");
        await scene.WarmUpAsync(ours, sql);
        Report.Line($"  answer sizes: ours {await scene.SizeAsync(ours):N0} B, peer {await scene.SizeAsync(sql):N0} B");

        double[] medians = await Alternating.MediansAsync(
            options.Legs,
            scene.Side("ours /v1/events, pages/s", ours),
            scene.Side("naive Kestrel + Npgsql, pages/s", sql));
        WrkResult alone = await Wrk.RunAsync(ours, 1, options.Seconds, scene.Token);

        Report.AtLeast("P4 ours / naive Kestrel + Npgsql", medians[0] / medians[1], 3);
        Report.AtMost("P4 median latency, 1 connection, in JSON-write limits", alone.MedianMilliseconds / JsonLimitMilliseconds, 20, "×");
    }
}

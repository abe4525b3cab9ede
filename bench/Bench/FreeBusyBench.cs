namespace CalendarActors.Bench;

/// <summary>W1: free-busy of one calendar over 42 days with 200 events, against bare Kestrel and SQL over HTTP. Goal P1.</summary>
internal static class FreeBusyBench
{
    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title("w1: free-busy of 1 calendar, 42 days, 200 events");
        await using ReadScene scene = await ReadScene.SetAsync(options);
        Uri ours = scene.Ours("/v1/free_busy", "&include_managed=true");
        Uri sql = scene.Sql("/w1");
        Uri bare = new(scene.Bare.Address, "/fixed");
        await scene.WarmUpAsync(ours, sql, bare);

        TimeSpan before = scene.Product.Process.ProcessorTime;
        double answers = 0;
        double[] medians = await Alternating.MediansAsync(
            options.Legs,
            new Side("ours /v1/free_busy, answers/s", async () =>
            {
                WrkResult result = await Wrk.RunAsync(ours, options.Connections, options.Seconds, scene.Token);
                answers += result.RequestsPerSecond * options.Seconds;
                return result.RequestsPerSecond;
            }),
            scene.Side("bare Kestrel, 2 KB fixed, answers/s", bare),
            scene.Side("Kestrel + Npgsql, one statement, answers/s", sql));
        double cpu = (scene.Product.Process.ProcessorTime - before).TotalMilliseconds / answers;

        Report.AtLeast("P1 ours / bare Kestrel", medians[0] / medians[1], 0.30);
        Report.AtLeast("P1 ours / SQL over HTTP", medians[0] / medians[2], 3);
        Report.Line($"  server CPU per answer {cpu:N3} ms");
    }
}

namespace CalendarActors.Bench;

/// <summary>From start to ready, and what an idle node holds.</summary>
internal static class StartBench
{
    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title("start: a fresh Standalone from process start to /health/ready, then 10 s idle");
        List<double> seconds = [];
        List<double> megabytes = [];
        for (int leg = 0; leg < options.Legs; leg++)
        {
            await using Product product = await Product.StartAsync(options.PostgreSql);
            seconds.Add(product.Process.TimeToReady.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(10));
            megabytes.Add(product.Process.ResidentBytes / 1e6);
        }

        Report.AtMost("start to ready, median", Alternating.Median(seconds), 3, "s");
        Report.AtMost("resident when idle, median", Alternating.Median(megabytes), 250, "MB");
    }
}

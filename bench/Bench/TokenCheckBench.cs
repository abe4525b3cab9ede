using CalendarActors.Bench.Peers;

namespace CalendarActors.Bench;

/// <summary>
/// What it costs to be a product: the smallest answer that there is behind an access token (an empty list of channels), beside
/// bare Kestrel that hashes the bearer token and finds it in a dictionary. Goal P8.
/// </summary>
internal static class TokenCheckBench
{
    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title("p8: the smallest answer behind a token");
        await using Product product = await Product.StartAsync(options.PostgreSql);
        using ApiClient api = new(product.Process.Address);
        Account account = await api.OpenCalendarAsync(await api.RegisterAsync("https://bench.example/callback"), "bench");
        await Quiet.WaitAsync(product.Process);
        await using MeasuredProcess bare = await PeerProgram.StartAsync("fixed");
        Uri ours = new(product.Process.Address, "/v1/channels");
        Uri theirs = new(bare.Address, "/auth");
        await Wrk.RunAsync(ours, options.Connections, options.WarmUp, account.AccessToken);
        await Wrk.RunAsync(theirs, options.Connections, options.WarmUp, FixedPeer.Token);

        TimeSpan before = product.Process.ProcessorTime;
        double answers = 0;
        double[] medians = await Alternating.MediansAsync(
            options.Legs,
            new Side("ours /v1/channels, answers/s", async () =>
            {
                WrkResult result = await Wrk.RunAsync(ours, options.Connections, options.Seconds, account.AccessToken);
                answers += result.RequestsPerSecond * options.Seconds;
                return result.RequestsPerSecond;
            }),
            new Side("bare Kestrel /auth, answers/s", async () =>
                (await Wrk.RunAsync(theirs, options.Connections, options.Seconds, FixedPeer.Token)).RequestsPerSecond));
        Report.AtLeast("P8 ours / bare Kestrel with a token", medians[0] / medians[1], 0.80);
        Report.Line($"  server CPU per answer {(product.Process.ProcessorTime - before).TotalMilliseconds / answers:N3} ms");
    }
}

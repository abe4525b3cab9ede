using System.Globalization;

namespace CalendarActors.Bench;

/// <summary>Free-busy of the same 42 days and 200 events, beside few and beside many events of former years. Goal G1.</summary>
internal static class OutsideBench
{
    private const int Inside = 200;
    private const int Few = 1_000;
    private const int Days = 42;

    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title($"outside: free-busy of {Inside} events, beside {Few:N0} and {options.Outside:N0} of former years");
        await using Product product = await Product.StartAsync(options.PostgreSql);
        using ApiClient api = new(product.Process.Address);
        RegisteredApplication application = await api.RegisterAsync("https://bench.example/callback");
        Side few = await SideAsync(options, product, api, application, Few);
        Side many = await SideAsync(options, product, api, application, options.Outside);

        double[] medians = await Alternating.MediansAsync(options.Legs, few, many);

        Report.AtMost("G1 time of an answer, many / few", medians[0] / medians[1], 1.2, "x");
    }

    private static async Task<Side> SideAsync(
        BenchOptions options, Product product, ApiClient api, RegisteredApplication application, int outside)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"beside {outside} of former years, answers/s");
        Account account = await api.OpenCalendarAsync(application, $"outside-{outside}");
        DateTime start = SeededEvents.WindowStart(DateTime.UtcNow);
        await api.WriteAsync(account, SeededEvents.Calendar(1, Inside, start));

        // The last of them 84 days ago, each 42 days before another 200.
        for (int written = 0; written < outside; written += Inside)
        {
            int back = 2 + (written / Inside);
            await api.WriteAsync(account, SeededEvents.Calendar(
                1 + back, Math.Min(Inside, outside - written), DateTime.UtcNow.Date.AddDays(-(Days * (back + 1)))));
        }

        await Quiet.WaitAsync(product.Process);
        Uri url = new(product.Process.Address, string.Create(
            CultureInfo.InvariantCulture,
            $"/v1/free_busy?tzid=Etc/UTC&from={start:yyyy-MM-dd}&to={start.AddDays(Days):yyyy-MM-dd}&include_managed=true"));
        Report.Line($"  an answer beside {outside:N0}: {await SizeAsync(url, account.AccessToken):N0} bytes");
        await Wrk.RunAsync(url, options.Connections, options.WarmUp, account.AccessToken);
        return new Side(
            name, async () => (await Wrk.RunAsync(url, options.Connections, options.Seconds, account.AccessToken)).RequestsPerSecond);
    }

    private static async Task<int> SizeAsync(Uri url, string token)
    {
        using HttpClient client = new();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (await client.GetByteArrayAsync(url)).Length;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.TestKit.PostgreSql;

namespace CalendarActors.Bench;

/// <summary>
/// What it costs to spread the same work over three silos on the same cores: free-busy of many calendars through one gateway.
/// More silos cannot be faster here. Goal G7.
/// </summary>
internal static class SilosBench
{
    private const int Calendars = 24;
    private const int Events = 200;
    private const int Seed = 20260329;

    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title($"silos: free-busy of {Calendars} calendars of {Events} events in turn, 1 silo and 3, {Environment.ProcessorCount} cores");
        await using PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        await using MeasuredCluster one = await MeasuredCluster.StartAsync(database, silos: 1);
        await using MeasuredCluster three = await MeasuredCluster.StartAsync(database, silos: 3);
        Account[] atOne = await FillAsync(one);
        Account[] atThree = await FillAsync(three);
        string before = await AnswersAsync(one, atOne);
        if (before != await AnswersAsync(three, atThree))
        {
            throw new InvalidOperationException("One silo answers something else than three.");
        }

        string folder = Directory.CreateTempSubdirectory("calendaractors-bench").FullName;
        string scriptOfOne = await ScriptAsync(folder, "one", atOne);
        string scriptOfThree = await ScriptAsync(folder, "three", atThree);
        double[] medians;
        try
        {
            await Wrk.RunAsync(Question(one), options.Connections, options.WarmUp, script: scriptOfOne);
            await Wrk.RunAsync(Question(three), options.Connections, options.WarmUp, script: scriptOfThree);
            medians = await Alternating.MediansAsync(
                options.Legs,
                new Side("1 silo, answers/s", async () =>
                    (await Wrk.RunAsync(Question(one), options.Connections, options.Seconds, script: scriptOfOne)).RequestsPerSecond),
                new Side("3 silos, answers/s", async () =>
                    (await Wrk.RunAsync(Question(three), options.Connections, options.Seconds, script: scriptOfThree)).RequestsPerSecond));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        if (before != await AnswersAsync(three, atThree))
        {
            throw new InvalidOperationException("Three silos answer something else than before.");
        }

        Report.AtLeast("G7 three silos / one", medians[1] / medians[0], 0.75);
    }

    private static Uri Question(MeasuredCluster cluster) => new(cluster.Address, Path());

    private static string Path()
    {
        DateTime start = SeededEvents.WindowStart(DateTime.UtcNow);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"/v1/free_busy?tzid=Etc/UTC&include_managed=true&from={start:yyyy-MM-dd}&to={start.AddDays(42):yyyy-MM-dd}");
    }

    private static async Task<Account[]> FillAsync(MeasuredCluster cluster)
    {
        using ApiClient api = new(cluster.Address);
        RegisteredApplication application = await api.RegisterAsync("https://bench.example/callback");
        Account[] accounts = new Account[Calendars];
        for (int n = 0; n < Calendars; n++)
        {
            accounts[n] = await api.OpenCalendarAsync(application, $"bench{n}");
            await api.WriteAsync(accounts[n], SeededEvents.Calendar(Seed + n, Events, SeededEvents.WindowStart(DateTime.UtcNow)));
        }

        return accounts;
    }

    /// <summary>What each calendar's times are, without what is named at random: names order what begins at once, and so end the page.</summary>
    private static async Task<string> AnswersAsync(MeasuredCluster cluster, Account[] accounts)
    {
        using ApiClient api = new(cluster.Address);
        string[] answers = new string[accounts.Length];
        for (int n = 0; n < accounts.Length; n++)
        {
            JsonArray page = (await api.GetAsync(accounts[n].AccessToken, Path()))["free_busy"]!.AsArray();
            answers[n] = string.Join(' ', page
                .Where(busy => (string?)busy!["start"] != (string?)page[^1]!["start"])
                .Select(busy => $"{busy!["start"]}/{busy["end"]}/{busy["free_busy_status"]}")
                .Order(StringComparer.Ordinal));
        }

        return string.Join('\n', answers);
    }

    /// <summary>Asks with each account's token in turn.</summary>
    private static async Task<string> ScriptAsync(string folder, string name, Account[] accounts)
    {
        StringBuilder script = new("local tokens = {\n");
        foreach (Account account in accounts)
        {
            script.Append(CultureInfo.InvariantCulture, $"  \"{account.AccessToken}\",\n");
        }

        script.Append("""
            }
            local n = 0
            request = function()
              n = n % #tokens + 1
              return wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. tokens[n] })
            end
            """);
        string file = System.IO.Path.Combine(folder, $"{name}.lua");
        await File.WriteAllTextAsync(file, script.ToString());
        return file;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Bench.Peers;
using CalendarActors.TestKit.PostgreSql;

namespace CalendarActors.Bench;

/// <summary>
/// W2: when can these people meet: 28 days, about 40 events each, Monday to Friday from 9 to 17 on each one's own wall in five
/// zones, half an hour at every quarter, all required. Beside one statement of PostgreSQL over HTTP. Goals P2, G2.
/// </summary>
internal static class MeetingBench
{
    private const int Seed = 20260329;
    private const int EventsEach = 60;
    private const int Days = 28;

    private static readonly int[] People = [1, 10, 50, 100];
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    private static readonly string[] Zones = ["Europe/Lisbon", "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Athens"];

    public static async Task RunAsync(BenchOptions options)
    {
        Report.Title($"w2: {string.Join(", ", People)} people, {Days} days, about 40 events each, 5 zones, half an hour at every quarter");
        await using Product product = await Product.StartAsync(options.PostgreSql);
        using ApiClient api = new(product.Process.Address);
        RegisteredApplication application = await api.RegisterAsync("https://bench.example/callback");
        List<(string Sub, string Zone, IReadOnlyList<SeededEvent> Events)> people = [];
        DateTime start = SeededEvents.WindowStart(DateTime.UtcNow);
        for (int n = 0; n < People[^1]; n++)
        {
            people.Add(await AddAsync(api, application, n, start));
        }

        await Quiet.WaitAsync(product.Process);
        await using PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        string connectionString = await database.CreateDatabaseAsync();
        await MeetingPeer.FillAsync(connectionString, people);
        await using MeasuredProcess sql = await PeerProgram.StartAsync("meetings", connectionString);
        await using MeasuredProcess bare = await PeerProgram.StartAsync("fixed");
        string folder = Directory.CreateTempSubdirectory("calendaractors-bench").FullName;
        try
        {
            double? processor = null;
            foreach (int count in People)
            {
                double used = await CompareAsync(options, product, api, application, people, count, start, sql, bare, folder);
                if (processor is { } before)
                {
                    int fewer = People[Array.IndexOf(People, count) - 1];
                    Report.AtMost($"G2 processor time of each person from {fewer} to {count}", (used - before) / (count - fewer) * 1000, 20, "us");
                }

                processor = used;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> CompareAsync(
        BenchOptions options,
        Product product,
        ApiClient api,
        RegisteredApplication application,
        List<(string Sub, string Zone, IReadOnlyList<SeededEvent> Events)> people,
        int count,
        DateTime start,
        MeasuredProcess sql,
        MeasuredProcess bare,
        string folder)
    {
        JsonObject question = Question([.. people.Take(count).Select(p => p.Sub)], start);
        Uri ours = new(product.Process.Address, "/v1/availability");
        Uri theirs = new(sql.Address, string.Create(
            CultureInfo.InvariantCulture, $"/w2?people={count}&from={start:yyyy-MM-dd}T00:00:00Z&to={start.AddDays(Days):yyyy-MM-dd}T00:00:00Z"));
        string script = Path.Combine(folder, $"{count}.lua");
        await File.WriteAllTextAsync(
            script,
            $"wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = [==[{question.ToJsonString()}]==]\n");
        string[] starts = await AgreeAsync(api, application, question, theirs);
        await Wrk.RunAsync(ours, options.Connections, options.WarmUp, application.ClientSecret, script);
        await Wrk.RunAsync(theirs, options.Connections, options.WarmUp);

        TimeSpan before = product.Process.ProcessorTime;
        double answers = 0;
        double[] medians = await Alternating.MediansAsync(
            options.Legs,
            new Side($"ours, {count} people, {starts.Length} slots, answers/s", async () =>
            {
                WrkResult result = await Wrk.RunAsync(ours, options.Connections, options.Seconds, application.ClientSecret, script);
                answers += result.RequestsPerSecond * options.Seconds;
                return result.RequestsPerSecond;
            }),
            new Side("PostgreSQL multiranges over HTTP, answers/s", async () =>
                (await Wrk.RunAsync(theirs, options.Connections, options.Seconds)).RequestsPerSecond),
            new Side("bare Kestrel, 2 KB fixed, answers/s", async () =>
                (await Wrk.RunAsync(new Uri(bare.Address, "/fixed"), options.Connections, options.Seconds)).RequestsPerSecond));
        double processor = (product.Process.ProcessorTime - before).TotalMilliseconds / answers;
        Report.AtLeast($"P2 ours / SQL over HTTP, {count} people", medians[0] / medians[1], 5);
        Report.Line($"  of bare Kestrel {medians[0] / medians[2]:N2}; server CPU per answer {processor:N3} ms (goal for 10 people ≤ 0.25)");
        if (SlotPeer.IsInstalled)
        {
            (double milliseconds, string[] theirStarts) = await SlotPeer.AnswerAsync(people.Take(count), start, start.AddDays(Days));
            string[] first = [.. theirStarts.Take(512)];
            int differing = first.Except(starts).Concat(starts.Except(first)).Count();
            Report.Line($"  published npm functions, without HTTP: {milliseconds:N1} ms of processor time, {milliseconds / processor:N0} times ours (goal for 10 people ≥ 500); {differing} starts differ");
        }

        return processor;
    }

    private static async Task<(string Sub, string Zone, IReadOnlyList<SeededEvent> Events)> AddAsync(
        ApiClient api, RegisteredApplication application, int number, DateTime start)
    {
        Account account = await api.OpenCalendarAsync(application, $"person-{number}");
        SeededEvent[] events = [.. SeededEvents.Calendar(Seed + number, EventsEach, start).Where(e => !e.AllDay)];
        await api.WriteAsync(account, events);
        string zone = Zones[number % Zones.Length];
        await api.PostAsync(account.AccessToken, "/v1/availability_rules", new JsonObject
        {
            ["availability_rule_id"] = "hours",
            ["tzid"] = zone,
            ["weekly_periods"] = new JsonArray([.. Weekdays.Select(
                day => new JsonObject { ["day"] = day, ["start_time"] = "09:00", ["end_time"] = "17:00" })]),
        });
        return ((string)(await api.GetAsync(account.AccessToken, "/v1/userinfo"))["sub"]!, zone, events);
    }

    private static JsonObject Question(string[] subs, DateTime start) => new()
    {
        ["participants"] = new JsonArray(new JsonObject
        {
            ["members"] = new JsonArray([.. subs.Select(sub => new JsonObject { ["sub"] = sub, ["managed_availability"] = true })]),
            ["required"] = "all",
        }),
        ["required_duration"] = new JsonObject { ["minutes"] = 30 },
        ["start_interval"] = new JsonObject { ["minutes"] = 15 },
        ["query_periods"] = new JsonArray(new JsonObject
        {
            ["start"] = $"{start:yyyy-MM-dd}T00:00:00Z",
            ["end"] = $"{start.AddDays(Days):yyyy-MM-dd}T00:00:00Z",
        }),
        ["response_format"] = "overlapping_slots",
    };

    /// <summary>The starts. Who answers fast and wrong is not compared.</summary>
    private static async Task<string[]> AgreeAsync(ApiClient api, RegisteredApplication application, JsonObject question, Uri theirs)
    {
        static string[] Starts(JsonNode answer) => [.. answer["available_slots"]!.AsArray()
            .Select(slot => ((DateTime)slot!["start"]!).ToUniversalTime().ToString("s", CultureInfo.InvariantCulture))];
        string[] ours = Starts(await api.PostAsync(application.ClientSecret, "/v1/availability", question.DeepClone()));
        using HttpClient client = new();
        string[] sql = Starts(JsonNode.Parse(await client.GetStringAsync(theirs))!);
        return ours.SequenceEqual(sql)
            ? ours
            : throw new InvalidOperationException($"{ours.Length} starts of ours are not the {sql.Length} of PostgreSQL: {ours.Except(sql).FirstOrDefault()}, {sql.Except(ours).FirstOrDefault()}.");
    }
}

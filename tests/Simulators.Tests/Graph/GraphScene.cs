using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>A simulator with one user, and Microsoft's own client signed in as that user.</summary>
internal sealed class GraphScene : IAsyncDisposable
{
    public const string Tenant = "3d1f6ab5-7f2e-4c57-9c6b-02a1c6a3e6b1";

    private GraphScene(GraphSimulator simulator, FakeTimeProvider clock)
    {
        Simulator = simulator;
        Clock = clock;
        Ada = simulator.AddUser("ada@example.test", "Ada", Tenant);
        Calendar = simulator.CalendarsOf(Ada)[0].Id;
        Token = simulator.IssueTokens(Ada).AccessToken;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: true);
        Client = ClientOf(Token);
    }

    public GraphSimulator Simulator { get; }

    public FakeTimeProvider Clock { get; }

    public GraphUser Ada { get; }

    public string Calendar { get; }

    public string Token { get; }

    public HttpClient Http { get; }

    public GraphServiceClient Client { get; }

    /// <summary>Noon of a Wednesday, far from any change of clocks.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static async Task<GraphScene> OpenAsync(Func<FakeTimeProvider, GraphSimulatorOptions>? options = null)
    {
        var clock = new FakeTimeProvider(Noon);
        return new(await GraphSimulator.StartAsync(options?.Invoke(clock) ?? new() { Time = clock }), clock);
    }

    public GraphServiceClient ClientOf(string token) =>
        new(Http, new BaseBearerTokenAuthenticationProvider(new FixedToken(token)), Simulator.GraphBaseUrl);

    /// <summary>An event of one hour in UTC.</summary>
    public static JsonObject Hour(string subject, string start, JsonObject? recurrence = null)
    {
        var from = DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        var made = new JsonObject
        {
            ["subject"] = subject,
            ["start"] = new JsonObject { ["dateTime"] = start, ["timeZone"] = "UTC" },
            ["end"] = new JsonObject { ["dateTime"] = $"{from.AddHours(1):s}", ["timeZone"] = "UTC" },
        };
        if (recurrence is not null)
        {
            made["recurrence"] = recurrence;
        }

        return made;
    }

    public static JsonObject Daily(string startDate, int count) => new()
    {
        ["pattern"] = new JsonObject { ["type"] = "daily", ["interval"] = 1 },
        ["range"] = new JsonObject { ["type"] = "numbered", ["startDate"] = startDate, ["numberOfOccurrences"] = count },
    };

    public async Task<JsonObject> GetAsync(string url, params string[] prefer)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, url, null, prefer);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (JsonObject)JsonNode.Parse(text)!;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, JsonObject? body = null, params string[] prefer)
    {
        using var request = new HttpRequestMessage(method, url.StartsWith("http", StringComparison.Ordinal) ? url : Simulator.GraphBaseUrl + url);
        request.Headers.Authorization = new("Bearer", Token);
        foreach (string one in prefer)
        {
            request.Headers.Add("Prefer", one);
        }

        request.Content = body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        return await Http.SendAsync(request);
    }

    /// <summary>Follows delta to its end; all rows, and the link for the next round.</summary>
    public async Task<(List<JsonObject> Rows, string Link, int Pages)> PullAsync(string url, params string[] prefer)
    {
        var rows = new List<JsonObject>();
        for (int pages = 1; ; pages++)
        {
            JsonObject page = await GetAsync(url, prefer);
            rows.AddRange(((JsonArray)page["value"]!).Select(static row => (JsonObject)row!));
            if ((string?)page["@odata.deltaLink"] is { } link)
            {
                return (rows, link, pages);
            }

            url = (string)page["@odata.nextLink"]!;
        }
    }

    public string DeltaOf(string start, string end) =>
        $"/me/calendars/{Calendar}/calendarView/delta?startDateTime={start}T00:00:00Z&endDateTime={end}T00:00:00Z";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await Simulator.DisposeAsync();
    }

    private sealed class FixedToken(string token) : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new();

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(token);
    }
}

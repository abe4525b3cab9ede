using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Web;
using CalendarActors.Bench.Peers;

namespace CalendarActors.Bench;

/// <summary>The product beside a CalDAV server whose users each have the same calendars of 200 events.</summary>
internal sealed class ConnectScene : IAsyncDisposable
{
    private const string RedirectUri = "https://bench.example/callback";

    private readonly MeasuredProcess _server;
    private readonly RegisteredApplication _application;
    private readonly ApiClient _api;
    private readonly int _calendars;
    private int _users;

    private ConnectScene(Product product, MeasuredProcess server, ApiClient api, RegisteredApplication application, int calendars)
    {
        Product = product;
        _server = server;
        _api = api;
        _application = application;
        _calendars = calendars;
    }

    public Product Product { get; }

    /// <summary>Of the person who connected last.</summary>
    public string AccessToken { get; private set; } = "";

    public static Task<ConnectScene> SetAsync(BenchOptions options, int calendarsEach) =>
        SetAsync(options, [.. Enumerable.Repeat(0, calendarsEach)]);

    /// <summary>Starts the product and the server.</summary>
    /// <param name="options">Where the product keeps its state.</param>
    /// <param name="former">For each calendar, how many events of former years it has beside its 200.</param>
    public static async Task<ConnectScene> SetAsync(BenchOptions options, int[] former)
    {
        Product product = await Product.StartAsync(options.PostgreSql);
        MeasuredProcess server = await PeerProgram.StartAsync("caldav", string.Join(',', former));
        ApiClient api = new(product.Process.Address);
        return new ConnectScene(product, server, api, await api.RegisterAsync(RedirectUri), former.Length);
    }

    /// <summary>A new person connects the next user's account through the pages and allows the application to read.</summary>
    /// <returns>How long it took from "Connect" until every event was readable.</returns>
    public async Task<TimeSpan> ConnectAsync()
    {
        _users++;
        using PageVisitor person = new(RedirectUri);
        await person.OpenAsync(new Uri(
            Product.Process.Address,
            $"/oauth/authorize?response_type=code&client_id={_application.ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope=read_events&state=s"));
        await person.PressAsync("Another CalDAV server");
        long began = Stopwatch.GetTimestamp();
        await person.PressAsync(
            "Connect", ("Server address", $"{_server.Address}u{_users}/"), ("User name", $"u{_users}"), ("Password", "secret"));
        Uri callback = await person.PressAsync("Allow") ?? throw new InvalidOperationException("Allow did not lead back.");
        string code = HttpUtility.ParseQueryString(callback.Query)["code"]!;
        JsonNode tokens = await _api.ExchangeAsync(_application, code, RedirectUri);
        AccessToken = (string)tokens["access_token"]!;
        await BecomeCompleteAsync(AccessToken);
        return Stopwatch.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await Product.DisposeAsync();
        await _server.DisposeAsync();
    }

    // Pages hold 100 events; the total is known from the first.
    private async Task BecomeCompleteAsync(string token)
    {
        int pages = _calendars * CalDavPeer.EventsPerCalendar / 100;
        Stopwatch waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromMinutes(5))
        {
            JsonNode first = await _api.GetAsync(token, "/v1/events?tzid=Etc/UTC");
            if ((int)first["pages"]!["total"]! >= pages)
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("The calendars were not complete after 5 minutes.");
    }
}

using System.Text.Json.Nodes;
using System.Web;
using CalendarActors.Simulators.Google;

namespace CalendarActors.Bench;

/// <summary>The product beside a simulated Google, and persons with one watched calendar of one event each.</summary>
internal sealed class PushScene : IAsyncDisposable
{
    private const string RedirectUri = "https://bench.example/callback";

    private readonly Product _product;
    private readonly RegisteredApplication _application;

    private PushScene(Product product, GoogleSimulator google, ApiClient api, RegisteredApplication application)
    {
        _product = product;
        Google = google;
        Api = api;
        _application = application;
    }

    public GoogleSimulator Google { get; }

    public ApiClient Api { get; }

    public static async Task<PushScene> SetAsync(BenchOptions options)
    {
        GoogleSimulator google = await GoogleSimulator.StartAsync(new GoogleSimulatorOptions { DeliversByItself = true });
        Product product = await Product.StartAsync(options.PostgreSql, new Dictionary<string, string>
        {
            ["CalendarActors__Providers__Google__ClientId"] = google.ClientId,
            ["CalendarActors__Providers__Google__ClientSecret"] = google.ClientSecret,
            ["CalendarActors__Providers__Google__AuthorizationEndpoint"] = google.AuthorizationEndpoint.AbsoluteUri,
            ["CalendarActors__Providers__Google__TokenEndpoint"] = google.TokenEndpoint.AbsoluteUri,
            ["CalendarActors__Providers__Google__RevocationEndpoint"] = google.RevocationEndpoint.AbsoluteUri,
            ["CalendarActors__Providers__Google__UserInfoEndpoint"] = google.UserInfoEndpoint.AbsoluteUri,
            ["CalendarActors__Providers__Google__ApiBaseUrl"] = google.ApiBaseUrl.AbsoluteUri,
        });
        ApiClient api = new(product.Process.Address);
        return new PushScene(product, google, api, await api.RegisterAsync(RedirectUri));
    }

    /// <summary>A new person connects, allows, and is watched.</summary>
    public async Task<PushedCalendar> ConnectAsync(int number)
    {
        string email = $"u{number}@bench.example";
        Google.AddUser(email, $"User {number}");
        string eventId = (string)Google.PutEvent(email, Event("Before"))["id"]!;
        using PageVisitor person = new(RedirectUri);
        await person.OpenAsync(new Uri(
            _product.Process.Address,
            $"/oauth/authorize?response_type=code&client_id={_application.ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope=read_events"));
        await person.PressAsync("Google Calendar");
        person.Choose("user", email);
        await person.PressAsync("Allow");
        Uri callback = await person.PressAsync("Allow") ?? throw new InvalidOperationException("Allow did not lead back.");
        JsonNode tokens = await Api.ExchangeAsync(_application, HttpUtility.ParseQueryString(callback.Query)["code"]!, RedirectUri);
        return new PushedCalendar(email, eventId, (string)tokens["access_token"]!);
    }

    public static JsonObject Event(string summary)
    {
        DateTime start = DateTime.UtcNow.Date.AddDays(1).AddHours(9);
        return new JsonObject
        {
            ["summary"] = summary,
            ["start"] = new JsonObject { ["dateTime"] = $"{start:yyyy-MM-ddTHH:mm:ss}Z" },
            ["end"] = new JsonObject { ["dateTime"] = $"{start.AddHours(1):yyyy-MM-ddTHH:mm:ss}Z" },
        };
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _product.DisposeAsync();
        await Google.DisposeAsync();
    }

    /// <summary>Waits until the product has nothing left to do.</summary>
    public Task SettleAsync() => Quiet.WaitAsync(_product.Process);
}

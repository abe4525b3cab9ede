using System.Text.Json.Nodes;
using System.Web;

namespace CalendarActors.Bench;

/// <summary>The product beside a simulated provider, and persons with one watched calendar of one event each.</summary>
internal sealed class PushScene : IAsyncDisposable
{
    private const string RedirectUri = "https://bench.example/callback";

    private readonly Product _product;
    private readonly RegisteredApplication _application;
    private readonly PushingProvider _provider;

    private PushScene(Product product, PushingProvider provider, ApiClient api, RegisteredApplication application)
    {
        _product = product;
        _provider = provider;
        Api = api;
        _application = application;
    }

    public ApiClient Api { get; }

    public Uri Address => _product.Process.Address;

    /// <summary>Starts the product; the provider is the scene's from then on.</summary>
    public static async Task<PushScene> SetAsync(BenchOptions options, PushingProvider provider)
    {
        Product product = await Product.StartAsync(options.PostgreSql, provider.Settings);
        ApiClient api = new(product.Process.Address);
        return new PushScene(product, provider, api, await api.RegisterAsync(RedirectUri));
    }

    /// <summary>New persons connect and allow; returns once all are watched and the product is quiet.</summary>
    public async Task<PushedCalendar[]> ConnectAsync(int count)
    {
        PushedCalendar[] calendars = new PushedCalendar[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (n, _) =>
            calendars[n] = await ConnectOneAsync(n));
        for (int second = 0; calendars.Count(c => _provider.IsWatched(c.Email)) is int watched && watched < count; second++)
        {
            if (second > 300)
            {
                throw new InvalidOperationException($"{watched} of {count} calendars are watched.");
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        await Quiet.WaitAsync(_product.Process);
        return calendars;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _product.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private async Task<PushedCalendar> ConnectOneAsync(int number)
    {
        (string email, string choice, string eventId) = _provider.AddPerson(number);
        using PageVisitor person = new(RedirectUri);
        await person.OpenAsync(new Uri(
            Address,
            $"/oauth/authorize?response_type=code&client_id={_application.ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope=read_events"));
        await person.PressAsync(_provider.Button);
        person.Choose("user", choice);
        await person.PressAsync(_provider.Accept);
        Uri callback = await person.PressAsync("Allow") ?? throw new InvalidOperationException("Allow did not lead back.");
        JsonNode tokens = await Api.ExchangeAsync(_application, HttpUtility.ParseQueryString(callback.Query)["code"]!, RedirectUri);
        return new PushedCalendar(email, eventId, (string)tokens["access_token"]!);
    }
}

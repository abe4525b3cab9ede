using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Web;
using CalendarActors.TestKit.PostgreSql;
using Npgsql;

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

    public Uri Address => Process.Address;

    public MeasuredProcess Process => _product.Process;

    /// <summary>Bytes alive in the product after a full, compacting collection.</summary>
    public Task<long> HeapBytesAsync() => _product.HeapBytesAsync();

    /// <summary>What was read inside the process just now.</summary>
    public Task<ProcessReading> ReadAsync() => _product.ReadAsync();

    /// <summary>The product's database server; null with SQLite.</summary>
    public PostgreSqlCluster? Database => _product.Database;

    /// <summary>Transactions that the product's database committed so far; 0 with SQLite.</summary>
    public Task<long> CommitsAsync() => _product.CommitsAsync();

    /// <summary>Starts the product; the provider is the scene's from then on.</summary>
    /// <param name="options">Where the product keeps its state.</param>
    /// <param name="provider">What its persons use.</param>
    /// <param name="settings">More of the product's settings, as environment variables.</param>
    public static async Task<PushScene> SetAsync(
        BenchOptions options, PushingProvider provider, IReadOnlyDictionary<string, string>? settings = null)
    {
        Product product = await Product.StartAsync(
            options.PostgreSql, provider.Settings.Concat(settings ?? new Dictionary<string, string>()).ToDictionary());
        ApiClient api = new(product.Process.Address);
        return new PushScene(product, provider, api, await api.RegisterAsync(RedirectUri));
    }

    /// <summary>New persons connect and allow; returns once all are watched and the product is quiet.</summary>
    public async Task<PushedCalendar[]> ConnectAsync(int count)
    {
        PushedCalendar[] calendars = await AllowAsync(count);
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

    /// <summary>New persons connect and allow; their calendars are pulled and watched meanwhile and afterwards.</summary>
    public async Task<PushedCalendar[]> AllowAsync(int count)
    {
        PushedCalendar[] calendars = new PushedCalendar[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (n, _) =>
            calendars[n] = await ConnectOneAsync(n));
        return calendars;
    }

    /// <summary>One new person allows several new applications; returns once her calendar is watched.</summary>
    /// <returns>Her calendar, seen by the first, and an access token of each.</returns>
    public async Task<(PushedCalendar Calendar, IReadOnlyList<string> Tokens)> ConnectOneToManyAsync(int number, int applications)
    {
        (string email, string choice, string eventId) = _provider.AddPerson(number);
        using PageVisitor person = new(RedirectUri);
        List<string> tokens = [];
        for (int n = 0; n < applications; n++)
        {
            tokens.Add(await AllowAsync(person, await Api.RegisterAsync(RedirectUri), choice));
        }

        for (int second = 0; !_provider.IsWatched(email); second++)
        {
            if (second > 60)
            {
                throw new InvalidOperationException($"{email} is not watched.");
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        return (new PushedCalendar(email, eventId, tokens[0]), tokens);
    }

    /// <summary>Opens a channel to a path of the sink; returns once it was verified.</summary>
    public async Task OpenChannelAsync(string token, CallbackSink sink, string path)
    {
        long began = Stopwatch.GetTimestamp();
        await Api.PostAsync(token, "/v1/channels", new JsonObject { ["callback_url"] = new Uri(sink.Address, path).AbsoluteUri });
        await sink.ToldAfterAsync(path, began);
    }

    /// <summary>An empty database on the product's server, as npm <c>pg</c> reads it.</summary>
    public async Task<string> NewDatabaseUrlAsync()
    {
        NpgsqlConnectionStringBuilder parts = new(await Database!.CreateDatabaseAsync());
        return $"postgres://{parts.Username}@127.0.0.1:{parts.Port}/{parts.Database}";
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
        return new PushedCalendar(email, eventId, await AllowAsync(person, _application, choice));
    }

    private async Task<string> AllowAsync(PageVisitor person, RegisteredApplication application, string choice)
    {
        await person.OpenAsync(new Uri(
            Address,
            $"/oauth/authorize?response_type=code&client_id={application.ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope=read_events"));
        if (person.Has(_provider.Button))
        {
            // A person who connected in this browser before is asked for consent only.
            await person.PressAsync(_provider.Button);
            person.Choose("user", choice);
            await person.PressAsync(_provider.Accept);
        }

        Uri callback = await person.PressAsync("Allow") ?? throw new InvalidOperationException("Allow did not lead back.");
        JsonNode tokens = await Api.ExchangeAsync(application, HttpUtility.ParseQueryString(callback.Query)["code"]!, RedirectUri);
        return (string)tokens["access_token"]!;
    }
}

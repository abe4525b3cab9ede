using System.Globalization;
using CalendarActors.Bench.Peers;
using CalendarActors.TestKit.PostgreSql;

namespace CalendarActors.Bench;

/// <summary>The product with one calendar of 200 events, and the peers with the same.</summary>
internal sealed class ReadScene : IAsyncDisposable
{
    private const int Seed = 20260329;
    private const int Events = 200;

    private readonly BenchOptions _options;
    private readonly Account _account;
    private readonly PostgreSqlCluster _database;
    private readonly MeasuredProcess _sql;
    private readonly string _window;

    private ReadScene(
        BenchOptions options, Product product, Account account, PostgreSqlCluster database, MeasuredProcess sql,
        MeasuredProcess bare, string window)
    {
        _options = options;
        Product = product;
        _account = account;
        _database = database;
        _sql = sql;
        Bare = bare;
        _window = window;
    }

    public Product Product { get; }

    public MeasuredProcess Bare { get; }

    public string Token => _account.AccessToken;

    public static async Task<ReadScene> SetAsync(BenchOptions options)
    {
        Product product = await Product.StartAsync(options.PostgreSql);
        using ApiClient api = new(product.Process.Address);
        RegisteredApplication application = await api.RegisterAsync("https://bench.example/callback");
        Account account = await api.OpenCalendarAsync(application, "bench");
        DateTime start = SeededEvents.WindowStart(DateTime.UtcNow);
        SeededEvent[] events = [.. SeededEvents.Calendar(Seed, Events, start)];
        await api.WriteAsync(account, events);
        await Quiet.WaitAsync(product.Process);

        PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        string connectionString = await database.CreateDatabaseAsync();
        await SqlTable.FillAsync(connectionString, "bench", events);
        string window = string.Create(
            CultureInfo.InvariantCulture, $"from={start:yyyy-MM-dd}&to={start.AddDays(42):yyyy-MM-dd}");
        return new ReadScene(
            options, product, account, database, await PeerProgram.StartAsync("sql", connectionString),
            await PeerProgram.StartAsync("fixed"), window);
    }

    public Uri Ours(string path, string more) => new(Product.Process.Address, $"{path}?tzid=Etc/UTC&{_window}{more}");

    public Uri Sql(string path) => new(_sql.Address, $"{path}?calendar=bench&{_window}");

    public Side Side(string name, Uri url) =>
        new(name, async () => (await Wrk.RunAsync(url, _options.Connections, _options.Seconds, Token)).RequestsPerSecond);

    public async Task WarmUpAsync(params Uri[] urls)
    {
        foreach (Uri url in urls)
        {
            await Wrk.RunAsync(url, _options.Connections, _options.WarmUp, Token);
        }
    }

    public async Task<int> SizeAsync(Uri url)
    {
        using HttpClient client = new();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return (await client.GetByteArrayAsync(url)).Length;
    }

    public async ValueTask DisposeAsync()
    {
        await Product.DisposeAsync();
        await _sql.DisposeAsync();
        await Bare.DisposeAsync();
        await _database.DisposeAsync();
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Gateway.Tests.Contract;
using CalendarActors.Silo.Hosting;
using CalendarActors.TestKit.Nodes;
using CalendarActors.TestKit.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>Gateway and silo in this process on SQLite, with a CalDAV provider in memory. One for nearly all tests.</summary>
public class GatewayHost : IAsyncLifetime
{
    public const string OperatorKey = "Operator-Key-of-the-Gateway-Tests";
    public const string UserName = "ada@example.test";
    public const string Password = "correct horse battery";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-tests");
    private WebApplication? _app;
    private WebApplication? _callback;
    private string _redirectUri = "";

    internal Uri Address { get; private set; } = null!;

    internal ShiftedTime Time { get; } = new();

    internal CapturedLogs Logs { get; } = new();

    internal InMemoryCalendarProvider Provider { get; private set; } = null!;

    /// <summary>Stands for Google: issues tokens, its watches are replaced.</summary>
    internal InMemoryCalendarProvider Pushed { get; private set; } = null!;

    /// <summary>Stands for Microsoft: issues tokens, its watches are prolonged.</summary>
    internal InMemoryCalendarProvider Subscribed { get; private set; } = null!;

    internal IServiceProvider Services => _app!.Services;

    /// <summary>What is configured otherwise.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>No cookies, no redirects; answers that are not as documented fail the test.</summary>
    internal HttpClient Http { get; private set; } = null!;

    /// <summary>The description of the API as this host serves it.</summary>
    internal ContractDocument Contract { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Address = new Uri($"http://127.0.0.1:{RunningNode.FreePort()}");
        Provider = new InMemoryCalendarProvider(
            Time, ProviderNames.CalDav, ProviderNames.Apple, ProviderNames.Fastmail, ProviderNames.Nextcloud);
        Pushed = Issuing(ProviderNames.Google, areRenewedInPlace: false);
        Subscribed = Issuing(ProviderNames.Office365, areRenewedInPlace: true);
        AddLogin(UserName);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(Address.ToString().TrimEnd('/'));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CalendarActors:PublicUrl"] = Address.ToString(),
            ["CalendarActors:DataDirectory"] = _folder.FullName,
            ["CalendarActors:Operator:Key"] = OperatorKey,
            ["CalendarActors:RateLimit:AddressPerMinute"] = "0",
            ["CalendarActors:Outbound:AllowedHosts:0"] = "127.0.0.1",
            ["CalendarActors:Sync:RefusalSpread"] = "00:00:00",
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
            ["CalendarActors:Cluster:SiloPort"] = $"{RunningNode.FreePort()}",
            ["CalendarActors:Cluster:GatewayPort"] = $"{RunningNode.FreePort()}",
            ["CalendarActors:Secrets:MasterKeys:0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["CalendarActors:Secrets:IdKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddCalendarActorsSilo();
        builder.AddCalendarActorsGateway();
        RemoveCalDav(builder.Services);
        builder.Services.AddSingleton<ICalendarProvider>(Provider);
        builder.Services.AddSingleton<ICalendarProvider>(Pushed);
        builder.Services.AddSingleton<ICalendarProvider>(Subscribed);
        _app = builder.Build();
        _app.MapSiloHealth();
        _app.MapCalendarActorsGateway();
        await _app.StartAsync();
        Http = NewHttp(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        Contract = ContractDocument.Parse(await Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        _callback = await ListenForCallbacksAsync();
        _redirectUri = _callback.Urls.Single() + "/callback?from=us";
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _callback!.DisposeAsync();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A browser with cookies of its own.</summary>
    internal TestBrowser NewBrowser() =>
        new(NewHttp(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }), Address);

    /// <summary>A login with a calendar to write to, which is the answer, and one to read.</summary>
    internal InMemoryCalendar AddLogin(string userName)
    {
        Provider.SetPassword(userName, Password);
        InMemoryCalendar home = Provider.AddCalendar(userName, "Home");
        Provider.AddCalendar(userName, "Holidays", isReadOnly: true);
        return home;
    }

    /// <summary>Every statement on grain state fails until the answer is disposed of.</summary>
    internal async Task<IAsyncDisposable> BreakStorageAsync()
    {
        await RenameAsync("grain_state", "grain_state_away");
        return new Repair(() => RenameAsync("grain_state_away", "grain_state"));
    }

    internal async Task<TestApplication> RegisterAsync(bool rotates = false, string name = "Planner")
    {
        using HttpResponseMessage response = await OperateAsync(
            HttpMethod.Post,
            "/operator/applications",
            JsonContent.Create(new { name, redirect_uris = new[] { _redirectUri }, rotate_refresh_tokens = rotates }));
        response.EnsureSuccessStatusCode();
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return new TestApplication(
            body.GetProperty("client_id").GetString()!, body.GetProperty("client_secret").GetString()!, _redirectUri);
    }

    internal async Task<HttpResponseMessage> OperateAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OperatorKey);
        return await Http.SendAsync(request);
    }

    /// <summary>A call of the token endpoint with body credentials, as a form.</summary>
    internal Task<HttpResponseMessage> TokenAsync(TestApplication application, params (string Name, string Value)[] parameters) =>
        Http.PostAsync("/oauth/token", Form([("client_id", application.ClientId), ("client_secret", application.Secret), .. parameters]));

    /// <summary>Tokens for a person who allows everything in a browser of their own.</summary>
    internal async Task<JsonElement> GrantAsync(
        TestApplication application, string scope = "read_write", string userName = UserName)
    {
        using TestBrowser browser = NewBrowser();
        string code = await browser.AllowAsync(application, scope, userName: userName);
        using HttpResponseMessage response = await TokenAsync(
            application, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", application.RedirectUri));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>What the API answers to an access token.</summary>
    internal async Task<HttpStatusCode> UseAsync(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using HttpResponseMessage response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    internal static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> parameters) =>
        new(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)));

    /// <summary>The application's site, as far as a browser sees it.</summary>
    private static async Task<WebApplication> ListenForCallbacksAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{RunningNode.FreePort()}");
        WebApplication app = builder.Build();
        app.MapGet("/callback", () => "You are back.");
        await app.StartAsync();
        return app;
    }

    private InMemoryCalendarProvider Issuing(string name, bool areRenewedInPlace)
    {
        InMemoryLogin tokens = new(Time);
        return new InMemoryCalendarProvider(Time, name)
        {
            Tokens = tokens,
            Watching = new InMemoryWatches(Time, tokens, areRenewedInPlace, NodaTime.Duration.FromDays(2)),
        };
    }

    private async Task RenameAsync(string from, string to)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "calendaractors.db")};Pooling=false");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"alter table {from} rename to {to}";
        await command.ExecuteNonQueryAsync();
    }

    private static void RemoveCalDav(IServiceCollection services)
    {
        foreach (ServiceDescriptor provider in services
            .Where(d => d.ServiceType == typeof(ICalendarProvider)
                && d.ImplementationType?.Name.StartsWith("Native", StringComparison.Ordinal) is not true)
            .ToArray())
        {
            services.Remove(provider);
        }
    }

    private sealed class Repair(Func<Task> repair) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await repair();
    }

    private HttpClient NewHttp(SocketsHttpHandler handler) =>
        new(new ContractHandler(() => Contract, handler), disposeHandler: true) { BaseAddress = Address };
}

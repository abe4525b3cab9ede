using System.Text;
using System.Web;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Microsoft;
using CalendarActors.Providers.Tests.CalDav;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace CalendarActors.Providers.Tests.Microsoft;

public sealed class MicrosoftLoginTests : IAsyncLifetime
{
    private const string Tenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
    private static readonly Uri Redirect = new("https://calendars.example/oauth/callback");

    private readonly ScriptedServer _authority = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private ServiceProvider _services = null!;
    private string _scope = "openid profile https://graph.microsoft.com/Calendars.ReadWrite https://graph.microsoft.com/User.Read";
    private int _issued;

    // MSAL remembers in the whole process which account was told to wait, so each test has its own.
    private readonly string _account = $"{Guid.NewGuid()}";

    private IOAuthLogin Login => _services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.Office365)!.Login!;

    public async Task InitializeAsync()
    {
        await _authority.StartAsync();
        _authority.Answer(_ => Tokens());
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddCalendarActorsProviders(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["CalendarActors:Outbound:AllowedHosts:0"] = "127.0.0.1",
                    [$"{MicrosoftOptions.Section}:ClientId"] = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                    [$"{MicrosoftOptions.Section}:ClientSecret"] = "client secret",
                    [$"{MicrosoftOptions.Section}:Authority"] = $"{_authority.Address}common",
                })
                .Build())
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _authority.DisposeAsync();
    }

    [Fact]
    public void AuthorizeUri_WhenAsked_CarriesStateAndChallengeToTheConfiguredAuthority()
    {
        Uri uri = Login.AuthorizeUri(ProviderNames.Office365, "st&te", "challenge", Redirect, "alice@example.com");
        var query = HttpUtility.ParseQueryString(uri.Query);

        Assert.Equal($"{_authority.Address}common/oauth2/v2.0/authorize", uri.GetLeftPart(UriPartial.Path));
        Assert.Equal("st&te", query["state"]);
        Assert.Equal(("challenge", "S256"), (query["code_challenge"], query["code_challenge_method"]));
        Assert.Equal(Redirect.OriginalString, query["redirect_uri"]);
        Assert.Equal("openid profile offline_access Calendars.ReadWrite User.Read", query["scope"]);
        Assert.Equal(("code", "alice@example.com"), (query["response_type"], query["login_hint"]));
        Assert.StartsWith(
            "/consumers/", Login.AuthorizeUri(ProviderNames.LiveConnect, "s", "c", Redirect, null).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_WhenTheCodeIsGood_GivesTokensThatCanBeRenewed()
    {
        OAuthTokens first = Value(await ExchangeAsync());
        string exchange = Assert.Single(_authority.Requests).Body;
        OAuthTokens second = Value(await Login.RefreshAsync(ProviderNames.Office365, first.Renewal, CancellationToken.None));
        OAuthTokens third = Value(await Login.RefreshAsync(ProviderNames.Office365, second.Renewal, CancellationToken.None));

        Assert.Contains("code=the-code", exchange, StringComparison.Ordinal);
        Assert.Contains("code_verifier=the-verifier", exchange, StringComparison.Ordinal);
        Assert.Equal(["access-1", "access-2", "access-3"], new[] { first.AccessToken, second.AccessToken, third.AccessToken });
        Assert.All(new[] { first, second, third }, tokens => Assert.Empty(tokens.Missing));
        ScriptedRequest[] requests = [.. _authority.Requests];
        Assert.Equal(3, requests.Length);
        Assert.Contains("refresh_token=refresh-1", requests[1].Body, StringComparison.Ordinal);
        Assert.Contains("refresh_token=refresh-2", requests[2].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("access-1", first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_WhenOurClockIsNotTheMachines_GivesATokenThatLivesByOurs()
    {
        OAuthTokens tokens = Value(await ExchangeAsync());

        Assert.InRange(
            tokens.ExpiresAt - Instant.FromDateTimeOffset(_time.GetUtcNow()), Duration.FromMinutes(50), Duration.FromMinutes(60));
    }

    [Fact]
    public async Task Exchange_WhenAPermissionWasNotGranted_NamesIt()
    {
        _scope = "openid profile https://graph.microsoft.com/User.Read";

        Assert.Equal(["Calendars.ReadWrite"], Value(await ExchangeAsync()).Missing.AsEnumerable());
    }

    [Theory]
    [InlineData(400, "invalid_grant", null, ProviderFaultKind.AuthDead)]
    [InlineData(400, "interaction_required", null, ProviderFaultKind.AuthDead)]
    [InlineData(400, "temporarily_unavailable", null, ProviderFaultKind.Transient)]
    [InlineData(401, "invalid_client", null, ProviderFaultKind.Rejected)]
    [InlineData(429, "too_many", "30", ProviderFaultKind.Throttled)]
    [InlineData(503, "down", "30", ProviderFaultKind.Throttled)]
    [InlineData(500, "server_error", null, ProviderFaultKind.Transient)]
    [InlineData(200, null, null, ProviderFaultKind.Transient)]
    public async Task Refresh_WhenItFails_SaysWhetherTheLoginIsDead(int status, string? error, string? retryAfter, ProviderFaultKind kind)
    {
        OAuthTokens tokens = Value(await ExchangeAsync());
        _authority.Answer(context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return error is null
                ? Results.Text("<html>portal</html>", "text/html")
                : Results.Json(new { error, error_description = "AADSTS700082: alice@example.com" }, statusCode: status);
        });

        ProviderResult<OAuthTokens> result = await Login.RefreshAsync(ProviderNames.Office365, tokens.Renewal, CancellationToken.None);

        Assert.Equal(kind, result.Fault?.Kind);
        Assert.DoesNotContain("alice", result.Fault?.Detail ?? "", StringComparison.Ordinal);
        Assert.Equal(2, _authority.Requests.Count);
        Assert.Equal(kind == ProviderFaultKind.Throttled, result.Fault?.NotBefore is not null);
    }

    [Fact]
    public async Task Refresh_WhenTheAuthorityCannotBeReached_IsNoDeadLogin()
    {
        OAuthTokens tokens = Value(await ExchangeAsync());
        _authority.Handle(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        ProviderResult<OAuthTokens> result = await Login.RefreshAsync(ProviderNames.Office365, tokens.Renewal, CancellationToken.None);

        Assert.Equal(ProviderFaultKind.Transient, result.Fault?.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("m1~YQ==~")]
    public async Task Refresh_WhenWhatWasStoredIsNoCache_IsDead(string renewal)
    {
        ProviderResult<OAuthTokens> result = await Login.RefreshAsync(ProviderNames.Office365, renewal, CancellationToken.None);

        Assert.Equal(ProviderFaultKind.AuthDead, result.Fault?.Kind);
        Assert.Empty(_authority.Requests);
    }

    [Fact]
    public async Task Refresh_WhenCancelled_Throws() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        async () => await Login.RefreshAsync(
            ProviderNames.Office365, Value(await ExchangeAsync()).Renewal, new CancellationToken(canceled: true)));

    [Fact]
    public async Task Revoke_WhenAsked_DoesNothing()
    {
        Assert.Null(await Login.RevokeAsync(ProviderNames.Office365, "m1", CancellationToken.None));
        Assert.Empty(_authority.Requests);
    }

    private static OAuthTokens Value(ProviderResult<OAuthTokens> result)
    {
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    private Task<ProviderResult<OAuthTokens>> ExchangeAsync() =>
        Login.ExchangeAsync(ProviderNames.Office365, "the-code", "the-verifier", Redirect, CancellationToken.None);

    private IResult Tokens()
    {
        int number = ++_issued;
        string clientInfo = Base64Url($$"""{"uid":"{{_account}}","utid":"{{Tenant}}"}""");
        string idToken = $"{Base64Url("""{"alg":"none"}""")}.{Base64Url($$"""{"oid":"a11c","tid":"{{Tenant}}","preferred_username":"alice@example.com","sub":"s","ver":"2.0"}""")}.";
        return Results.Json(new
        {
            token_type = "Bearer",
            scope = _scope,
            expires_in = 3600,
            ext_expires_in = 3600,
            access_token = $"access-{number}",
            refresh_token = $"refresh-{number}",
            id_token = idToken,
            client_info = clientInfo,
        });
    }

    private static string Base64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Authorization;

[Collection(OneGateway.Name)]
public sealed class TokenEndpointTests(GatewayHost host)
{
    [Fact]
    public async Task Exchange_WhenTheCodeIsGood_AnswersEveryFieldThatLibrariesRead()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        string code = await browser.AllowAsync(application, "read_events create_event", "&state=s%20%26%2B1");

        using HttpResponseMessage response = await ExchangeAsync(application, code);

        Assert.Equal("s &+1", browser.Answer("state"));
        Assert.Equal(host.Address.ToString().TrimEnd('/'), browser.Answer("iss"));
        Assert.Equal("us", browser.Answer("from"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("no-cache", response.Headers.Pragma.ToString());
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("bearer", body.GetProperty("token_type").GetString());
        Assert.Equal(3600, body.GetProperty("expires_in").GetInt32());
        Assert.Equal("read_events create_event", body.GetProperty("scope").GetString());
        Assert.Matches("^acc_[0-9a-f]{24}$", body.GetProperty("sub").GetString());
        Assert.Equal(body.GetProperty("sub").GetString(), body.GetProperty("account_id").GetString());
        JsonElement profile = body.GetProperty("linking_profile");
        Assert.Equal("caldav", profile.GetProperty("provider_name").GetString());
        Assert.StartsWith("pro_", profile.GetProperty("profile_id").GetString(), StringComparison.Ordinal);
        Assert.Equal(GatewayHost.UserName, profile.GetProperty("profile_name").GetString());
        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(Text(body, "access_token")));
    }

    [Theory]
    [InlineData("json, credentials in the body")]
    [InlineData("json, stale bearer header")]
    [InlineData("form, Basic")]
    [InlineData("form, Basic and the same client_id")]
    public async Task Refresh_WhenWrittenAsLibrariesDo_Works(string style)
    {
        TestApplication application = await host.RegisterAsync();
        JsonElement tokens = await host.GrantAsync(application);
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = Text(tokens, "refresh_token"),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token");
        if (style.Contains("Basic", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
                Encoding.UTF8.GetBytes($"{application.ClientId}:{string.Concat(application.Secret.Select(c => $"%{(int)c:X2}"))}")));
        }
        else
        {
            parameters["client_secret"] = application.Secret;
        }

        if (!style.EndsWith("Basic", StringComparison.Ordinal))
        {
            parameters["client_id"] = application.ClientId;
        }

        if (style.Contains("bearer", StringComparison.Ordinal))
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer undefined");
        }

        request.Content = style.StartsWith("json", StringComparison.Ordinal)
            ? JsonContent.Create(parameters)
            : new FormUrlEncodedContent(parameters);

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Text(tokens, "refresh_token"), Text(body, "refresh_token"));
        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(Text(body, "access_token")));

        // Several workers hold older tokens: those live until they expire.
        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(Text(tokens, "access_token")));
    }

    [Fact]
    public async Task Code_WhenUsedTwice_TakesBackWhatTheFirstUseGave()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        string code = await browser.AllowAsync(application);
        using HttpResponseMessage first = await ExchangeAsync(application, code);
        JsonElement tokens = await first.Content.ReadFromJsonAsync<JsonElement>();

        using HttpResponseMessage second = await ExchangeAsync(application, code);

        await AssertErrorAsync("invalid_grant", second);
        Assert.Equal(HttpStatusCode.Unauthorized, await host.UseAsync(Text(tokens, "access_token")));
        using HttpResponseMessage refresh = await RefreshAsync(application, Text(tokens, "refresh_token"));
        await AssertErrorAsync("invalid_grant", refresh);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(100)]
    public async Task Code_WhenExchangedManyTimesAtOnce_GivesTokensOnce(int times)
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        string code = await browser.AllowAsync(application);

        HttpResponseMessage[] responses = await Task.WhenAll(
            Enumerable.Range(0, times).Select(_ => ExchangeAsync(application, code)));

        Assert.Equal(1, responses.Count(r => r.IsSuccessStatusCode));
        Assert.All(responses.Where(r => !r.IsSuccessStatusCode), r => Assert.Equal(HttpStatusCode.BadRequest, r.StatusCode));
        Array.ForEach(responses, r => r.Dispose());
    }

    [Fact]
    public async Task Code_WhenFiveMinutesOld_IsWorthless()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        string code = await browser.AllowAsync(application);

        host.Time.Shift = TimeSpan.FromMinutes(5);
        try
        {
            using HttpResponseMessage response = await ExchangeAsync(application, code);
            await AssertErrorAsync("invalid_grant", response);
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task AccessToken_WhenAnHourOld_IsRefusedAndItsRefreshTokenIsNot()
    {
        TestApplication application = await host.RegisterAsync();
        JsonElement tokens = await host.GrantAsync(application);

        host.Time.Shift = TimeSpan.FromHours(1);
        try
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await host.UseAsync(Text(tokens, "access_token")));
            using HttpResponseMessage response = await RefreshAsync(application, Text(tokens, "refresh_token"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task RotatedRefreshToken_WhenItsAnswerWasLost_IsStillGoodUntilTheNewPairIsUsed()
    {
        TestApplication application = await host.RegisterAsync(rotates: true);
        JsonElement tokens = await host.GrantAsync(application);
        string old = Text(tokens, "refresh_token");
        using HttpResponseMessage lost = await RefreshAsync(application, old);
        using HttpResponseMessage again = await RefreshAsync(application, old);
        JsonElement fresh = await again.Content.ReadFromJsonAsync<JsonElement>();

        Assert.NotEqual(old, Text(fresh, "refresh_token"));
        using HttpResponseMessage used = await RefreshAsync(application, Text(fresh, "refresh_token"));
        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        using HttpResponseMessage late = await RefreshAsync(application, old);
        await AssertErrorAsync("invalid_grant", late);
    }

    [Fact]
    public async Task RotatedRefreshToken_WhenTheNewAccessTokenWasUsed_IsWorthless()
    {
        TestApplication application = await host.RegisterAsync(rotates: true);
        JsonElement tokens = await host.GrantAsync(application);
        using HttpResponseMessage rotated = await RefreshAsync(application, Text(tokens, "refresh_token"));
        JsonElement fresh = await rotated.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(Text(fresh, "access_token")));

        await TestKit.Eventually.HoldsAsync(async () =>
        {
            // A good old token would be superseded by none of these: each answers without being used.
            using HttpResponseMessage late = await RefreshAsync(application, Text(tokens, "refresh_token"));
            return late.StatusCode is HttpStatusCode.BadRequest;
        });
    }

    [Theory]
    [InlineData("token", "access_token")]
    [InlineData("token", "refresh_token")]
    [InlineData("refresh_token", "refresh_token")]
    [InlineData("sub", "sub")]
    public async Task Revocation_WhenTheClientIsRight_EndsTheGrantAtOnce(string parameter, string from)
    {
        TestApplication application = await host.RegisterAsync();
        JsonElement tokens = await host.GrantAsync(application);
        using FormUrlEncodedContent form = GatewayHost.Form(
            [("client_id", application.ClientId), ("client_secret", application.Secret), (parameter, Text(tokens, from))]);

        using HttpResponseMessage response = await host.Http.PostAsync("/oauth/token/revoke", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await host.UseAsync(Text(tokens, "access_token")));
        using HttpResponseMessage refresh = await RefreshAsync(application, Text(tokens, "refresh_token"));
        await AssertErrorAsync("invalid_grant", refresh);
    }

    [Fact]
    public async Task ApplicationCalendar_WhenOpenedTwice_IsTheSameAccountWithTokensThatBothWork()
    {
        TestApplication application = await host.RegisterAsync();
        var body = new { client_id = application.ClientId, client_secret = application.Secret, application_calendar_id = "room 1" };

        using HttpResponseMessage first = await host.Http.PostAsJsonAsync("/v1/application_calendars", body);
        using HttpResponseMessage second = await host.Http.PostAsJsonAsync("/v1/application_calendars", body);

        JsonElement one = await first.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement two = await second.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Matches("^apc_[0-9a-f]{24}$", Text(one, "sub"));
        Assert.Equal(Text(one, "sub"), Text(two, "sub"));
        Assert.Equal("room 1", Text(one, "application_calendar_id"));
        Assert.False(one.TryGetProperty("account_id", out _));
        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(Text(one, "access_token")));
        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(Text(two, "access_token")));
    }

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private static async Task AssertErrorAsync(string error, HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "error"));
    }

    private Task<HttpResponseMessage> ExchangeAsync(TestApplication application, string code) => host.TokenAsync(
        application, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", application.RedirectUri));

    private Task<HttpResponseMessage> RefreshAsync(TestApplication application, string token) =>
        host.TokenAsync(application, ("grant_type", "refresh_token"), ("refresh_token", token));
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Authorization;

/// <summary>Explicit linking: the application says which account the next login joins.</summary>
[Collection(OneGateway.Name)]
public sealed class LinkTokenTests(GatewayHost host)
{
    private static int _logins;

    [Theory]
    [InlineData("")]
    [InlineData("&avoid_linking=true")]
    public async Task Login_WithALinkToken_JoinsTheAccountThatItNames(string more)
    {
        (TestApplication application, ApiCaller caller) = await GrantedAsync();
        string second = NewLogin();
        using TestBrowser browser = host.NewBrowser();

        string code = await browser.AllowAsync(application, more: $"&link_token={await LinkTokenAsync(caller)}{more}", userName: second);

        JsonElement tokens = await RedeemAsync(application, code);
        Assert.Equal(caller.Sub, tokens.GetProperty("sub").GetString());
        Assert.Equal(second, tokens.GetProperty("linking_profile").GetProperty("profile_name").GetString());
        Assert.Equal(2, (await caller.GetAsync("/v1/profiles")).GetProperty("profiles").GetArrayLength());
    }

    [Fact]
    public async Task Browser_ThatALinkTokenLed_IsNotTakenForThatPersonAfterwards()
    {
        (TestApplication application, ApiCaller caller) = await GrantedAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.AllowAsync(application, more: $"&link_token={await LinkTokenAsync(caller)}", userName: NewLogin());

        await browser.BeginAsync(application);
        Assert.EndsWith("/choose", browser.Location.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browser_ThatKnowsSomebodyElse_StillHasToProveANewLogin()
    {
        (TestApplication application, ApiCaller caller) = await GrantedAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.AllowAsync(application, userName: NewLogin());

        await browser.BeginAsync(application, more: $"&link_token={await LinkTokenAsync(caller)}");
        Assert.EndsWith("/choose", browser.Location.AbsolutePath, StringComparison.Ordinal);
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");
        Assert.Equal(HttpStatusCode.Gone, browser.Status);
    }

    [Fact]
    public async Task Login_OfAnotherPerson_IsRefusedAndStaysTheirs()
    {
        (TestApplication application, ApiCaller caller) = await GrantedAsync();
        string foreign = NewLogin();
        ApiCaller owner = await ApiCaller.GrantAsync(host, userName: foreign);
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application, more: $"&link_token={await LinkTokenAsync(caller)}");
        await browser.ConnectAsync(foreign);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("already connected here as part of another account", browser.Html, StringComparison.Ordinal);
        foreach (string page in new[] { "owner", "consent?handler=allow" })
        {
            await browser.OpenAsync($"/connect/{browser.RequestId}/choose");
            await browser.SendAsync($"/connect/{browser.RequestId}/{page}");
            Assert.Equal(HttpStatusCode.Gone, browser.Status);
        }

        Assert.Single((await caller.GetAsync("/v1/profiles")).GetProperty("profiles").EnumerateArray());
        Assert.Single((await owner.GetAsync("/v1/profiles")).GetProperty("profiles").EnumerateArray());
    }

    [Fact]
    public async Task Login_ThatThePersonHasAlready_IsNoFault()
    {
        string userName = NewLogin();
        TestApplication application = await host.RegisterAsync();
        ApiCaller caller = new(host, application, await host.GrantAsync(application, userName: userName));
        using TestBrowser browser = host.NewBrowser();
        JsonElement tokens = await RedeemAsync(
            application, await browser.AllowAsync(application, more: $"&link_token={await LinkTokenAsync(caller)}", userName: userName));

        Assert.Equal(caller.Sub, tokens.GetProperty("sub").GetString());
        Assert.Single((await caller.GetAsync("/v1/profiles")).GetProperty("profiles").EnumerateArray());
    }

    [Fact]
    public async Task LinkToken_WhenUsedTwice_IsGoodOnce()
    {
        (TestApplication application, ApiCaller caller) = await GrantedAsync();
        string token = await LinkTokenAsync(caller);
        using TestBrowser first = host.NewBrowser();
        await first.BeginAsync(application, more: $"&link_token={token}");
        Assert.EndsWith("/choose", first.Location.AbsolutePath, StringComparison.Ordinal);

        await AssertRefusedAsync(application, token);
    }

    [Fact]
    public async Task LinkToken_AfterFiveMinutes_IsRefused()
    {
        (TestApplication application, ApiCaller caller) = await GrantedAsync();
        string token = await LinkTokenAsync(caller);
        string late = await LinkTokenAsync(caller);
        try
        {
            host.Time.Shift = TimeSpan.FromSeconds(290);
            using TestBrowser browser = host.NewBrowser();
            await browser.BeginAsync(application, more: $"&link_token={token}");
            Assert.EndsWith("/choose", browser.Location.AbsolutePath, StringComparison.Ordinal);
            host.Time.Shift = TimeSpan.FromSeconds(320);
            await AssertRefusedAsync(application, late);
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task LinkToken_OfAnotherApplicationOrOfAnotherKind_IsRefused()
    {
        (TestApplication application, ApiCaller caller) = await GrantedAsync();
        string token = await LinkTokenAsync(caller);

        await AssertRefusedAsync(await host.RegisterAsync(), token);
        await AssertRefusedAsync(application, caller.AccessToken);
        await AssertRefusedAsync(application, token[..^1] + (token[^1] == 'A' ? 'B' : 'A'));
        await AssertRefusedAsync(application, new string('x', 3_000));
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application, more: $"&link_token={token}");
        Assert.EndsWith("/choose", browser.Location.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkToken_AfterItsGrantWasRevoked_IsRefused()
    {
        (TestApplication application, ApiCaller caller) = await GrantedAsync();
        string token = await LinkTokenAsync(caller);
        using HttpResponseMessage revoked = await host.Http.PostAsync("/oauth/token/revoke", GatewayHost.Form(
            [("client_id", application.ClientId), ("client_secret", application.Secret), ("token", caller.AccessToken)]));
        Assert.True(revoked.IsSuccessStatusCode);

        await AssertRefusedAsync(application, token);
        Assert.Equal(401, (await caller.TryAsync(HttpMethod.Post, "/v1/link_tokens")).Status);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", "{{{")]
    [InlineData("application/x-www-form-urlencoded", "")]
    public async Task Asking_WithWhateverBodyALibrarySends_GetsAToken(string? contentType, string body)
    {
        (_, ApiCaller caller) = await GrantedAsync();
        using ByteArrayContent content = new(System.Text.Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, "/v1/link_tokens", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.StartsWith("lt_", (await ApiCaller.ReadAsync(response)).GetProperty("link_token").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_ForAnApplicationCalendar_Is403() =>
        Assert.Equal(403, (await (await ApiCaller.OpenAsync(host)).TryAsync(HttpMethod.Post, "/v1/link_tokens")).Status);

    private async Task<(TestApplication Application, ApiCaller Caller)> GrantedAsync()
    {
        TestApplication application = await host.RegisterAsync();
        return (application, new ApiCaller(host, application, await host.GrantAsync(application, userName: NewLogin())));
    }

    private string NewLogin()
    {
        string userName = $"link{Interlocked.Increment(ref _logins)}@example.test";
        host.AddLogin(userName);
        return userName;
    }

    private static async Task<string> LinkTokenAsync(ApiCaller caller)
    {
        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, "/v1/link_tokens");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await ApiCaller.ReadAsync(response)).GetProperty("link_token").GetString()!;
    }

    private async Task<JsonElement> RedeemAsync(TestApplication application, string code)
    {
        using HttpResponseMessage response = await host.TokenAsync(
            application, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", application.RedirectUri));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task AssertRefusedAsync(TestApplication application, string token)
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application, more: $"&state=s&link_token={Uri.EscapeDataString(token)}");
        Assert.Equal(("invalid_request", "s"), (browser.Answer("error"), browser.Answer("state")));
        Assert.Contains("link_token", browser.Answer("error_description"), StringComparison.Ordinal);
    }
}

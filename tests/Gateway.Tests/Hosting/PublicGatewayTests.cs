using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.TestKit;

namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>What an operator's settings change: limits, and everything that https makes stricter.</summary>
public sealed class PublicGatewayTests(PublicGateway host) : IClassFixture<PublicGateway>
{
    private static int _addresses;

    [Fact]
    public async Task Application_WhenItAsksTooOften_WaitsAndThenGoesOn()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host, "limited");
        ApiCaller other = await ApiCaller.OpenAsync(host, "unlimited so far");

        // Twice what a minute allows, at once; the seconds that it takes may each permit a few.
        (int Status, int RetryAfter)[] answers = await Task.WhenAll(
            Enumerable.Range(0, 2 * PublicGateway.PerMinute).Select(_ => AskAsync(caller)));

        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 200, 429 }));
        Assert.InRange(answers.Count(a => a.Status == 200), PublicGateway.PerSecond, PublicGateway.PerMinute);
        Assert.All(answers, a => Assert.True(a.Status == 200 ? a.RetryAfter == 0 : a.RetryAfter is >= 1 and <= 60, $"{a}"));
        Assert.Equal(200, (await AskAsync(other)).Status);

        await Eventually.HoldsAsync(async () => (await AskAsync(caller)) is { Status: 429, RetryAfter: > 1 });
        host.Time.Shift += TimeSpan.FromMinutes(2);
        await Eventually.HoldsAsync(async () => (await AskAsync(caller)).Status == 200);
    }

    [Fact]
    public async Task Batch_WithMoreEntriesThanTheBudgetCovers_GetsTheFirstOnesThrough()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host, "batches");
        string calendar = await caller.CalendarIdAsync();
        host.Time.Shift += TimeSpan.FromMinutes(2);
        JsonElement[] answers = await BatchTests.BatchAsync(
            caller, [.. Enumerable.Range(0, 20).Select(i => BatchTests.Upsert(calendar, $"{i}", "x"))]);

        int[] statuses = [.. answers.Select(BatchTests.Status)];
        int taken = statuses.Count(s => s == 202);
        Assert.InRange(taken, PublicGateway.PerSecond, PublicGateway.PerMinute);
        Assert.Equal([.. Enumerable.Repeat(202, taken), .. Enumerable.Repeat(429, 20 - taken)], statuses);
        Assert.All(answers[taken..], a => Assert.InRange(
            int.Parse(a.GetProperty("headers").GetProperty("Retry-After").GetString()!, System.Globalization.CultureInfo.InvariantCulture), 1, 60));
    }

    [Fact]
    public async Task Address_WhenItAsksTooOften_IsRefusedAndNobodyElseIs()
    {
        string busy = NewAddress();
        for (int i = 0; i < PublicGateway.AddressPerMinute; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await FromAsync(busy, HttpMethod.Get, "/operator/applications")).StatusCode);
        }

        HttpResponseMessage refused = await FromAsync(busy, HttpMethod.Post, "/oauth/token");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.Unauthorized, (await FromAsync(busy, HttpMethod.Get, "/v1/userinfo")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(busy, HttpMethod.Get, "/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await FromAsync(NewAddress(), HttpMethod.Get, "/operator/applications")).StatusCode);
    }

    [Fact]
    public async Task Address_WhenItTriesManyLogins_IsRefusedLoginsOnly()
    {
        string busy = NewAddress();
        for (int i = 0; i < 60; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await FromAsync(busy, HttpMethod.Post, "/connect/x/login")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(busy, HttpMethod.Post, "/connect/x/login")).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await FromAsync(busy, HttpMethod.Get, "/connect/x/login")).StatusCode);
    }

    [Fact]
    public async Task Page_WhenThePublicUrlIsHttps_SetsOnlyCookiesThatStayOnItsHost()
    {
        TestApplication application = await host.RegisterAsync();
        using HttpResponseMessage begun = await host.Http.GetAsync(
            $"/oauth/authorize?response_type=code&client_id={application.ClientId}"
            + $"&redirect_uri={Uri.EscapeDataString(application.RedirectUri)}&scope=read_write&provider_name=caldav");
        string browser = Assert.Single(begun.Headers.GetValues("Set-Cookie"));
        using var request = new HttpRequestMessage(HttpMethod.Get, begun.Headers.Location + "/login?provider=caldav");
        request.Headers.Add("Cookie", browser.Split(';')[0]);
        using HttpResponseMessage form = await host.Http.SendAsync(request);

        string[] cookies = [browser, .. form.Headers.GetValues("Set-Cookie")];
        Assert.Equal(["__Host-ca_browser", "__Host-ca_form"], cookies.Select(c => c.Split('=')[0]));
        Assert.All(cookies, c => Assert.Contains("; secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Contains("; path=/;", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.DoesNotContain("domain=", c, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("samesite=lax", browser, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookies[1], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(TimeSpan.FromDays(365), TimeSpan.FromSeconds(
            int.Parse(form.Headers.GetValues("Strict-Transport-Security").Single().Split('=')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Issuer_WhenThePublicUrlIsHttps_IsThatUrl()
    {
        TestApplication application = await host.RegisterAsync();
        using HttpResponseMessage metadata = await host.Http.GetAsync("/.well-known/oauth-authorization-server");
        JsonElement server = await ApiCaller.ReadAsync(metadata);
        using HttpResponseMessage refused = await host.Http.GetAsync(
            $"/oauth/authorize?response_type=token&client_id={application.ClientId}"
            + $"&redirect_uri={Uri.EscapeDataString(application.RedirectUri)}&scope=read_write");

        Assert.Equal(PublicGateway.PublicUrl, server.GetProperty("issuer").GetString());
        Assert.Equal(PublicGateway.PublicUrl + "/oauth/token", server.GetProperty("token_endpoint").GetString());
        Assert.Contains(
            $"iss={Uri.EscapeDataString(PublicGateway.PublicUrl)}", $"{refused.Headers.Location}", StringComparison.OrdinalIgnoreCase);
    }

    private static string NewAddress() => $"203.0.113.{Interlocked.Increment(ref _addresses)}";

    private static async Task<(int Status, int RetryAfter)> AskAsync(ApiCaller caller)
    {
        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Get, "/v1/userinfo");
        return ((int)response.StatusCode, (int)(response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0));
    }

    /// <summary>As the proxy on the same machine passes it on.</summary>
    private async Task<HttpResponseMessage> FromAsync(string address, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", address);
        return await host.Http.SendAsync(request);
    }
}

using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>What is not offered says so, after it was read as if it were.</summary>
[Collection(OneGateway.Name)]
public sealed class DelegationTests(GatewayHost host)
{
    private const string Good = """{"email":"room@example.com","callback_url":"https://app.example.com/x","scope":"read_write","state":"s"}""";

    [Theory]
    [InlineData(Good, "403 service_accounts_not_supported")]
    [InlineData("{\"service_account_authorizations\":[GOOD,GOOD]}", "403 service_accounts_not_supported")]
    [InlineData("{}", "422 email errors.required,callback_url errors.required,scope errors.required")]
    [InlineData("[]", "422 email errors.required,callback_url errors.required,scope errors.required")]
    [InlineData("{\"email\":\"room\",\"callback_url\":\"/x\",\"scope\":\"everything\",\"state\":7}", "422 email errors.invalid_email,callback_url errors.invalid_format,scope errors.not_recognized,state errors.must_be_string")]
    [InlineData("{\"email\":1,\"callback_url\":{},\"scope\":[],\"state\":[]}", "422 email errors.must_be_string,callback_url errors.must_be_string,scope errors.must_be_string,state errors.must_be_string")]
    [InlineData("{\"email\":\"a@b.example\",\"callback_url\":\"javascript:x\",\"scope\":\"\"}", "422 callback_url errors.invalid_format,scope errors.not_recognized")]
    [InlineData("{\"service_account_authorizations\":[]}", "422 service_account_authorizations errors.required")]
    [InlineData("{\"service_account_authorizations\":{}}", "422 service_account_authorizations errors.must_be_array")]
    [InlineData("{\"service_account_authorizations\":[7]}", "422 service_account_authorizations[0] errors.must_be_object")]
    [InlineData("{\"service_account_authorizations\":[null]}", "422 service_account_authorizations[0] errors.required")]
    [InlineData("{\"service_account_authorizations\":[GOOD,{\"email\":\"a@b.example\",\"scope\":\"read_write\"}]}", "422 service_account_authorizations[1].callback_url errors.required")]
    [InlineData("{\"service_account_authorizations\":[GOOD],\"email\":\"a@b.example\"}", "422 service_account_authorizations errors.not_supported")]
    [InlineData("{\"service_account_authorizations\":[MANY]}", "422 service_account_authorizations errors.too_many")]
    [InlineData("{\"email\":", "400 invalid_request")]
    public async Task ServiceAccount_HoweverItIsAskedFor_IsRefusedWithWhy(string body, string expected)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string sent = body.Replace("GOOD", Good, StringComparison.Ordinal)
            .Replace("MANY", string.Join(',', Enumerable.Repeat(Good, 51)), StringComparison.Ordinal);

        Assert.Equal(expected, await AskAsync(caller, HttpMethod.Post, "/v1/service_account_authorizations", sent));
    }

    [Fact]
    public async Task Resources_WhenListed_AreRefusedWithWhatToDo()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Get, "/v1/resources");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        JsonElement body = await ApiCaller.ReadAsync(response);
        Assert.Equal("service_accounts_not_supported", body.GetProperty("error").GetString());
        Assert.Contains("/oauth/authorize", body.GetProperty("error_description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delegation_WhenAskedFor_IsCheckedAndThenRefused()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        ApiCaller stranger = await ApiCaller.OpenAsync(host);
        string own = await ProfileAsync(caller);
        foreach ((string profile, string expected) in new[]
        {
            (JsonSerializer.Serialize(own), "403 delegated_access_not_supported"),
            (JsonSerializer.Serialize(await ProfileAsync(stranger)), "404 not_found"),
            ("\"pro_0\"", "404 not_found"),
            ("\"../x\"", "404 not_found"),
            ("7", "422 profile_id errors.must_be_string"),
            ("null", "422 profile_id errors.required"),
            (JsonSerializer.Serialize(new string('x', 300)), "422 profile_id errors.too_long"),
        })
        {
            Assert.Equal(expected, await AskAsync(
                caller, HttpMethod.Post, "/v1/delegated_authorizations", $"{{\"profile_id\":{profile},{Good[1..]}"));
        }

        Assert.Equal(
            "422 callback_url errors.required,scope errors.required",
            await AskAsync(caller, HttpMethod.Post, "/v1/delegated_authorizations", $"{{\"profile_id\":\"{own}\",\"email\":\"a@b.example\"}}"));
    }

    [Fact]
    public async Task AccessibleCalendars_OfAnOwnProfile_AreNone()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        ApiCaller stranger = await ApiCaller.OpenAsync(host);
        const string Path = "/v1/accessible_calendars";

        JsonElement answer = await caller.GetAsync($"{Path}?profile_id={await ProfileAsync(caller)}");
        Assert.Equal("""{"accessible_calendars":[]}""", answer.GetRawText());
        Assert.Equal("404 not_found", await AskAsync(caller, HttpMethod.Get, $"{Path}?profile_id={await ProfileAsync(stranger)}"));
        Assert.Equal("404 not_found", await AskAsync(caller, HttpMethod.Get, $"{Path}?profile_id={new string('x', 3_000)}"));
        Assert.Equal("422 profile_id errors.required", await AskAsync(caller, HttpMethod.Get, Path));
        Assert.Equal("422 profile_id errors.required", await AskAsync(caller, HttpMethod.Get, Path + "?profile_id="));
    }

    [Fact]
    public async Task Calls_WithAnExpiredToken_SayThatFirst()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        host.Time.Shift = TimeSpan.FromHours(2);
        try
        {
            foreach ((HttpMethod method, string path) in new[]
            {
                (HttpMethod.Post, "/v1/service_account_authorizations"), (HttpMethod.Get, "/v1/resources"),
                (HttpMethod.Get, "/v1/accessible_calendars"), (HttpMethod.Post, "/v1/delegated_authorizations"),
            })
            {
                Assert.Equal(401, (await caller.TryAsync(method, path)).Status);
            }
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task EnterpriseConnect_WhenAnAdministratorComes_SaysWhatToDoAndLeadsBack()
    {
        TestApplication application = await host.RegisterAsync(name: "Planner & Co");
        using TestBrowser browser = host.NewBrowser();
        string redirect = Uri.EscapeDataString(application.RedirectUri);
        await browser.OpenAsync(
            $"/enterprise_connect/oauth/authorize?response_type=code&client_id={application.ClientId}&redirect_uri={redirect}"
            + "&scope=service_account/accounts/manage&delegated_scope=read_write&state=%22x%22");

        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        Assert.Contains("A whole organization cannot be connected here", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Planner & Co", browser.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{application.RedirectUri}&error=unauthorized_client&", browser.Html, StringComparison.Ordinal);
        Assert.Contains("state=%22x%22", browser.Html, StringComparison.Ordinal);
        foreach ((string query, string words) in new[]
        {
            ("", "client_id"),
            ($"?client_id=app_0&redirect_uri={redirect}", "client_id"),
            ($"?client_id={application.ClientId}", "redirect_uri"),
            ($"?client_id={application.ClientId}&redirect_uri=https%3A%2F%2Fevil.example%2F", "redirect_uri"),
        })
        {
            await browser.OpenAsync("/enterprise_connect/oauth/authorize" + query);
            Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
            Assert.Contains(words, browser.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", browser.Html, StringComparison.Ordinal);
        }
    }

    private static async Task<string> AskAsync(ApiCaller caller, HttpMethod method, string path, string? body = null)
    {
        using HttpResponseMessage response = await caller.SendAsync(method, path, body is null ? null : ApiCaller.Json(body));
        JsonElement answer = await ApiCaller.ReadAsync(response);
        string said = answer.TryGetProperty("errors", out JsonElement errors)
            ? string.Join(',', errors.EnumerateObject()
                .SelectMany(f => f.Value.EnumerateArray().Select(e => $"{f.Name} {e.GetProperty("key").GetString()}")))
            : answer.GetProperty("error").GetString()!;
        return $"{(int)response.StatusCode} {said}";
    }

    private static async Task<string> ProfileAsync(ApiCaller caller) =>
        (await caller.GetAsync("/v1/profiles")).GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;
}

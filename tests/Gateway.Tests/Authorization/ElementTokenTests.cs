using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Authorization;

/// <summary>What an application's page may show in a browser, and nothing else.</summary>
[Collection(OneGateway.Name)]
public sealed class ElementTokenTests(GatewayHost host)
{
    private const string Origin = "https://app.example.com";

    [Fact]
    public async Task Agenda_WithItsToken_ReadsWhatThePublishedElementReads()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        for (int i = 0; i < 101; i++)
        {
            await caller.WriteAsync(HttpMethod.Post, events, new { event_id = $"{i}", summary = "x", start = At(1, "09:00"), end = At(1, "10:00") });
        }

        string token = await TokenAsync(application, "agenda", caller.Sub);
        JsonElement user = await ReadAsync($"/v1/userinfo?et={token}");
        Assert.Equal(caller.Sub, user.GetProperty("sub").GetString());
        JsonElement page = await ReadAsync(
            $"/v1/events?et={token}&from={Day(0)}&to={Day(9)}&tzid=Etc/UTC&include_geo=true&include_userinfo=true&include_managed=true");
        Assert.Equal(100, page.GetProperty("events").GetArrayLength());
        Assert.Equal(caller.Sub, page.GetProperty("userinfo").GetProperty("sub").GetString());
        Assert.False(page.GetProperty("events")[0].GetProperty("options").GetProperty("update").GetBoolean());
        JsonElement last = await ReadAsync($"{page.GetProperty("pages").GetProperty("next_page").GetString()}?et={token}");
        Assert.Equal(1, last.GetProperty("events").GetArrayLength());
        JsonElement busy = await ReadAsync($"/v1/free_busy?et={token}&tzid=Etc/UTC&include_managed=true&include_userinfo=true");
        Assert.Equal(100, busy.GetProperty("free_busy").GetArrayLength());
        await ReadAsync($"{busy.GetProperty("pages").GetProperty("next_page").GetString()}?et={token}");
    }

    [Fact]
    public async Task CalendarSync_WithItsToken_TakesAProfileAway()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        string token = await TokenAsync(application, "account_management", caller.Sub);
        string profile = (await ReadAsync($"/v1/userinfo?et={token}")).GetProperty("cronofy.data").GetProperty("profiles")[0]
            .GetProperty("profile_id").GetString()!;

        using HttpResponseMessage foreign = await CallAsync(HttpMethod.Post, $"/v1/profiles/pro_0/revoke?et={token}");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using HttpResponseMessage revoked = await CallAsync(HttpMethod.Post, $"/v1/profiles/{profile}/revoke?et={token}");
        Assert.Equal(HttpStatusCode.Accepted, revoked.StatusCode);
        Assert.Equal(Origin, revoked.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    /// <summary>Every call of the API, and which permission opens it.</summary>
    [Theory]
    [InlineData("GET", "/v1/userinfo", "agenda account_management managed_availability")]
    [InlineData("GET", "/v1/events?tzid=Etc/UTC", "agenda")]
    [InlineData("GET", "/v1/free_busy?tzid=Etc/UTC", "agenda")]
    [InlineData("GET", "/v1/events/pages/x", "agenda")]
    [InlineData("GET", "/v1/free_busy/pages/x", "agenda")]
    [InlineData("POST", "/v1/profiles/pro_0/revoke", "account_management")]
    [InlineData("POST", "/v1/availability", "availability")]
    [InlineData("POST", "/v1/sequenced_availability", "availability")]
    [InlineData("POST", "/v1/availability_rules", "managed_availability")]
    [InlineData("GET", "/v1/availability_rules/x", "managed_availability")]
    [InlineData("GET", "/v1/availability_rules", "")]
    [InlineData("DELETE", "/v1/availability_rules/x", "")]
    [InlineData("GET", "/v1/available_periods", "")]
    [InlineData("POST", "/v1/holds", "")]
    [InlineData("GET", "/v1/account", "")]
    [InlineData("GET", "/v1/profiles", "")]
    [InlineData("GET", "/v1/calendars", "")]
    [InlineData("POST", "/v1/calendars", "")]
    [InlineData("DELETE", "/v1/events", "")]
    [InlineData("POST", "/v1/calendars/cal_0_0/events", "")]
    [InlineData("DELETE", "/v1/calendars/cal_0_0/events", "")]
    [InlineData("POST", "/v1/batch", "")]
    [InlineData("POST", "/v1/link_tokens", "")]
    public async Task Call_WithAnElementToken_IsOpenToExactlyItsPermissions(string method, string path, string permissions)
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        foreach (string permission in new[] { "agenda", "account_management", "availability", "managed_availability" })
        {
            string token = await TokenAsync(application, permission, caller.Sub);
            string with = path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"et={token}";
            using HttpResponseMessage response = await CallAsync(new HttpMethod(method), with);
            bool isOpen = permissions.Split(' ').Contains(permission);
            string body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden != isOpen, $"{permission}: {(int)response.StatusCode} {body}");
            Assert.True(isOpen || body.Contains("element_token_permission", StringComparison.Ordinal), body);
            Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task Token_AtAnotherOrigin_IsRefusedAndNotToldWhere()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        string path = $"/v1/userinfo?et={await TokenAsync(application, "agenda", caller.Sub)}";
        foreach (string? origin in new[] { null, "null", "https://app.example.com.evil.example", "http://app.example.com", "https://app.example.com:444", "*" })
        {
            using HttpResponseMessage response = await CallAsync(HttpMethod.Get, path, origin);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.DoesNotContain("app.example.com", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using HttpResponseMessage preflight = await PreflightAsync(path, origin);
            Assert.Equal(HttpStatusCode.Forbidden, preflight.StatusCode);
            Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Preflight_OfItsOwnOrigin_AllowsTheElementsHeaderAndNoMore()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        string token = await TokenAsync(application, "agenda", caller.Sub);
        using HttpResponseMessage response = await PreflightAsync($"/v1/events?et={token}&tzid=Etc/UTC");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Origin, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("GET", response.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal("Cronofy-Element, Content-Type", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.Equal("Origin", response.Headers.Vary.Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        foreach (string path in new[] { "/v1/events", "/v1/events?et=x", $"/v1/account?et={token}", $"/v1/calendars/x/events?et={token}" })
        {
            using HttpResponseMessage refused = await PreflightAsync(path);
            Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
            Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
        }

        using HttpResponseMessage other = await PreflightAsync($"/v1/events?et={token}", method: "DELETE");
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Fact]
    public async Task AccessToken_FromAPage_GetsNoLeave()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.AccessToken);
        request.Headers.Add("Origin", Origin);
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));

        using HttpResponseMessage asElement = await CallAsync(HttpMethod.Get, $"/v1/userinfo?et={caller.AccessToken}");
        Assert.Equal(HttpStatusCode.Unauthorized, asElement.StatusCode);
    }

    [Fact]
    public async Task ElementToken_AsABearer_IsRefusedEverywhere()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        string token = await TokenAsync(application, "agenda", caller.Sub);
        foreach ((HttpMethod method, string path) in new[]
        {
            (HttpMethod.Get, "/v1/userinfo"), (HttpMethod.Get, "/v1/events?tzid=Etc/UTC"), (HttpMethod.Post, "/v1/batch"),
        })
        {
            using HttpRequestMessage request = new(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Origin", Origin);
            using HttpResponseMessage response = await host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("element_token", (await ApiCaller.ReadAsync(response)).GetProperty("error").GetString());
        }

        using HttpRequestMessage mint = new(HttpMethod.Post, "/v1/element_tokens") { Content = ApiCaller.Json("{}") };
        mint.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.SendAsync(mint)).StatusCode);
    }

    [Fact]
    public async Task Token_PastItsEndOrItsGrantsOrChanged_Is401()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        string token = await TokenAsync(application, "agenda", caller.Sub);
        string path = $"/v1/userinfo?et={token}";
        foreach (string bad in new[] { "", "x", "et_x.y", token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), $"{token}&et={token}", new string('x', 7_000) })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(HttpMethod.Get, $"/v1/userinfo?et={bad}")).StatusCode);
        }

        try
        {
            host.Time.Shift = TimeSpan.FromSeconds(64_790);
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Get, path)).StatusCode);
            host.Time.Shift = TimeSpan.FromSeconds(64_830);
            using HttpResponseMessage late = await CallAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
            Assert.Equal(Origin, late.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Equal(HttpStatusCode.Forbidden, (await PreflightAsync(path)).StatusCode);
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }

        using HttpResponseMessage revoked = await host.Http.PostAsync("/oauth/token/revoke", GatewayHost.Form(
            [("client_id", application.ClientId), ("client_secret", application.Secret), ("sub", caller.Sub)]));
        Assert.True(revoked.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(HttpMethod.Get, path)).StatusCode);
    }

    [Fact]
    public async Task Token_OfSeveralAccountsOrNone_SpeaksForNobody()
    {
        (TestApplication application, ApiCaller first) = await OpenAsync();
        ApiCaller second = await ApiCaller.OpenAsync(host, "another", application);
        foreach (string token in new[] { await TokenAsync(application, "agenda"), await TokenAsync(application, "agenda", first.Sub, second.Sub) })
        {
            using HttpResponseMessage response = await CallAsync(HttpMethod.Get, $"/v1/userinfo?et={token}");
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("element_token_subs", (await ApiCaller.ReadAsync(response)).GetProperty("error").GetString());
        }
    }

    [Fact]
    public async Task Agenda_OfAGrantThatPermitsLess_SeesNoMoreThanThat()
    {
        TestApplication application = await host.RegisterAsync();
        JsonElement tokens = await host.GrantAsync(application, "free_busy");
        string token = await TokenAsync(application, "agenda", tokens.GetProperty("sub").GetString()!);

        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(HttpMethod.Get, $"/v1/events?tzid=Etc/UTC&et={token}")).StatusCode);
        await ReadAsync($"/v1/free_busy?tzid=Etc/UTC&et={token}");
        Assert.False((await ReadAsync($"/v1/userinfo?et={token}")).TryGetProperty("email", out _));
    }

    [Theory]
    [InlineData("{}", "422 permissions errors.required,origin errors.required")]
    [InlineData("[]", "422 permissions errors.required,origin errors.required")]
    [InlineData("{\"permissions\":[],\"origin\":\"https://a.example\"}", "422 permissions errors.required")]
    [InlineData("{\"permissions\":\"agenda\",\"origin\":\"https://a.example\"}", "422 permissions errors.must_be_array")]
    [InlineData("{\"permissions\":[1],\"origin\":\"https://a.example\"}", "422 permissions[0] errors.must_be_string")]
    [InlineData("{\"permissions\":[null],\"origin\":\"https://a.example\"}", "422 permissions[0] errors.required")]
    [InlineData("{\"permissions\":[\"agenda\",\"agenda\",\"agenda\",\"agenda\",\"agenda\",\"agenda\",\"agenda\",\"agenda\",\"agenda\"],\"origin\":\"https://a.example\"}", "422 permissions errors.too_many")]
    [InlineData("{\"permissions\":[\"rule\"],\"origin\":\"https://a.example\"}", "400 {\"permissions\":\"not_recognized\"}")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example/page\"}", "422 origin errors.invalid_format")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":[\"https://a.example\"]}", "422 origin errors.must_be_string")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"*\"}", "422 origin errors.invalid_format")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\",\"version\":\"2\"}", "422 version errors.not_recognized")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\",\"subs\":[\"acc_0\"]}", "422 subs errors.not_recognized")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\",\"subs\":[\"../x\"]}", "422 subs errors.not_recognized")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\",\"subs\":[\"OWN\",\"FOREIGN\"]}", "422 subs errors.not_recognized")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\",\"subs\":[MANY]}", "422 subs errors.too_many")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\",\"subs\":{}}", "422 subs errors.must_be_array")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\",\"bookable_event_ids\":[\"a b\"]}", "422 bookable_event_ids[0] errors.invalid_format")]
    [InlineData("{\"permissions\":", "400 ")]
    [InlineData("{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\",\"subs\":[\"OWN\"],\"bookable_event_ids\":[],\"more\":1}", "200 ")]
    public async Task Minting_WithHostileInput_SaysWhatIsWrong(string body, string expected)
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        ApiCaller stranger = await ApiCaller.OpenAsync(host);
        using HttpResponseMessage response = await MintAsync(application.Secret, body
            .Replace("OWN", caller.Sub, StringComparison.Ordinal)
            .Replace("FOREIGN", stranger.Sub, StringComparison.Ordinal)
            .Replace("MANY", string.Join(',', Enumerable.Repeat("\"x\"", 51)), StringComparison.Ordinal));
        string text = await response.Content.ReadAsStringAsync();
        string found = response.StatusCode is HttpStatusCode.UnprocessableEntity
            ? string.Join(',', JsonSerializer.Deserialize<JsonElement>(text).GetProperty("errors").EnumerateObject()
                .SelectMany(f => f.Value.EnumerateArray().Select(e => $"{f.Name} {e.GetProperty("key").GetString()}")))
            : text;
        Assert.StartsWith(expected, $"{(int)response.StatusCode} {found}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minting_Answers_AsTheContractSays()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        using HttpResponseMessage response = await MintAsync(
            application.Secret, $$"""{"version":"1","permissions":["agenda","availability"],"subs":["{{caller.Sub}}"],"origin":"https://APP.example.com/"}""");
        JsonElement token = (await ApiCaller.ReadAsync(response)).GetProperty("element_token");

        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(["agenda", "availability"], token.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(Origin, token.GetProperty("origin").GetString());
        Assert.Equal(64_800, token.GetProperty("expires_in").GetInt32());
        Assert.StartsWith("et_", token.GetProperty("token").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minting_WithoutALiveKey_Is401()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        const string Good = "{\"permissions\":[\"agenda\"],\"origin\":\"https://a.example\"}";
        foreach (string? key in new[] { null, "", "undefined", caller.AccessToken, application.Secret[..^1] + (application.Secret[^1] == 'A' ? 'B' : 'A') })
        {
            using HttpResponseMessage refused = await MintAsync(key, Good);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }

        Assert.Equal(HttpStatusCode.OK, (await MintAsync(application.Secret, Good)).StatusCode);
        await host.OperateAsync(HttpMethod.Delete, $"/operator/applications/{application.ClientId}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await MintAsync(application.Secret, Good)).StatusCode);
    }

    [Fact]
    public async Task Logs_WhenAnElementCalls_DoNotHoldItsToken()
    {
        (TestApplication application, ApiCaller caller) = await OpenAsync();
        string token = await TokenAsync(application, "agenda", caller.Sub);
        await ReadAsync($"/v1/userinfo?et={token}");

        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains(token, StringComparison.Ordinal));
    }

    private async Task<(TestApplication Application, ApiCaller Caller)> OpenAsync()
    {
        TestApplication application = await host.RegisterAsync();
        return (application, await ApiCaller.OpenAsync(host, "element", application));
    }

    private async Task<string> TokenAsync(TestApplication application, string permission, params string[] subs)
    {
        using HttpResponseMessage response = await MintAsync(
            application.Secret, JsonSerializer.Serialize(new { version = "1", permissions = new[] { permission }, subs, origin = Origin }));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await ApiCaller.ReadAsync(response)).GetProperty("element_token").GetProperty("token").GetString()!;
    }

    private async Task<HttpResponseMessage> MintAsync(string? key, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/element_tokens") { Content = ApiCaller.Json(body) };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        return await host.Http.SendAsync(request);
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        using HttpResponseMessage response = await CallAsync(HttpMethod.Get, path);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} {body}");
        Assert.Equal(Origin, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("Origin", response.Headers.Vary.Single());
        JsonElement read = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Empty(StrictReader.Findings(read));
        return read;
    }

    /// <summary>As a page does: with its origin and the element's header.</summary>
    private async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, string? origin = Origin)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Add("Cronofy-Element", "v1.67.7, agenda");
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await host.Http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string path, string? origin = Origin, string method = "GET")
    {
        using HttpRequestMessage request = new(HttpMethod.Options, path);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "cronofy-element");
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await host.Http.SendAsync(request);
    }
}

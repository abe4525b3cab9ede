using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Callbacks;

namespace CalendarActors.Gateway.Tests.Channels;

[Collection(OneGateway.Name)]
public sealed class ChannelEndpointsTests(GatewayHost host)
{
    private const string Url = "https://hooks.example/calendar?key=%20a";

    [Fact]
    public async Task Create_WhenAsked_AnswersAsTheVendorDoesAndCallsBackSigned()
    {
        await using HookListener hook = new();
        TestApplication application = await host.RegisterAsync();
        ApiCaller caller = await ApiCaller.OpenAsync(host, application: application);

        JsonElement channel = await CreateAsync(caller, new { callback_url = hook.Url, filters = new { only_managed = true } });
        await hook.ComeAsync(1);

        string id = channel.GetProperty("channel_id").GetString()!;
        Assert.Matches("^chn_[0-9a-f]{24}$", id);
        Assert.Equal($$$"""{"channel_id":"{{{id}}}","callback_url":"{{{hook.Url}}}","filters":{"only_managed":true}}""", channel.GetRawText());
        HookCall call = Assert.Single(hook.Calls);
        Assert.Equal($$$"""{"notification":{"type":"verification"},"channel":{{{channel.GetRawText()}}}}""", call.Body);
        Assert.Equal("application/json; charset=utf-8", call.Headers["Content-Type"]);
        Assert.Equal(
            Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(application.Secret), Encoding.UTF8.GetBytes(call.Body))),
            call.Headers["Cronofy-HMAC-SHA256"]);
        await Eventually.HoldsAsync(async () => (await DeliveriesAsync(caller, id)).Any(d => d.GetProperty("state").GetString() == "delivered"));
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("callback-canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_WhenTheSameIsAskedForAgain_GivesTheSameChannel()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string calendar = await caller.CalendarIdAsync();
        JsonElement[] made =
        [
            await CreateAsync(caller, new { callback_url = Url }),
            await CreateAsync(caller, new { callback_url = Url, filters = new { } }),
            await CreateAsync(caller, new { callback_url = Url, filters = new { only_managed = false } }),
            await CreateAsync(caller, new { callback_url = Url, filters = new { calendar_ids = new[] { calendar } } }),
            await CreateAsync(caller, new { callback_url = Url, filters = new { calendar_ids = new[] { calendar, calendar } } }),
            await CreateAsync(caller, new { callback_url = Url + "1" }),
        ];

        string[] ids = [.. made.Select(c => c.GetProperty("channel_id").GetString()!)];
        Assert.Equal([ids[0], ids[0], ids[0], ids[3], ids[3], ids[5]], ids);
        Assert.Equal(3, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("""{"calendar_ids":["CAL"]}""".Replace("CAL", calendar, StringComparison.Ordinal), made[3].GetProperty("filters").GetRawText());
        JsonElement listed = (await caller.GetAsync("/v1/channels")).GetProperty("channels");
        Assert.Equal(new[] { made[0], made[3], made[5] }.Select(c => c.GetRawText()), listed.EnumerateArray().Select(c => c.GetRawText()));
    }

    /// <summary>What C# sends is an empty map of filters; PHP writes one as a list; forms write brackets.</summary>
    [Theory]
    [InlineData("""{"callback_url":"https://hooks.example/1","filters":[]}""", "application/json")]
    [InlineData("""{"callback_url":"https://hooks.example/1","filters":null,"extra":1}""", "application/json; charset=utf-8")]
    [InlineData("callback_url=https%3A%2F%2Fhooks.example%2F1", "application/x-www-form-urlencoded")]
    [InlineData("callback_url=https%3A%2F%2Fhooks.example%2F1&filters[only_managed]=false", "application/x-www-form-urlencoded")]
    public async Task Create_WhenALibraryWritesItItsOwnWay_IsUnderstood(string body, string type)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        using StringContent content = new(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, "/v1/channels", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{}", (await ApiCaller.ReadAsync(response)).GetProperty("channel").GetProperty("filters").GetRawText());
    }

    [Theory]
    [InlineData("{}", "callback_url errors.required")]
    [InlineData("""{"callback_url":null}""", "callback_url errors.required")]
    [InlineData("""{"callback_url":7}""", "callback_url errors.must_be_string")]
    [InlineData("""{"callback_url":"hooks.example"}""", "callback_url errors.invalid_format")]
    [InlineData("""{"callback_url":"ftp://hooks.example/"}""", "callback_url errors.invalid_format")]
    [InlineData("""{"callback_url":"http://a:b@hooks.example/"}""", "callback_url errors.invalid_format")]
    [InlineData("""{"callback_url":"http://hooks.example/\r\nHost: other"}""", "callback_url errors.invalid_format")]
    [InlineData("""{"callback_url":"http://hooks.example/\u0000"}""", "callback_url errors.invalid_format")]
    [InlineData("""{"callback_url":"https://hooks.example/","filters":"all"}""", "filters errors.must_be_object")]
    [InlineData("""{"callback_url":"https://hooks.example/","filters":{"only_managed":"yes"}}""", "filters.only_managed errors.must_be_boolean")]
    [InlineData("""{"callback_url":"https://hooks.example/","filters":{"calendar_ids":[]}}""", "filters.calendar_ids errors.required")]
    [InlineData("""{"callback_url":"https://hooks.example/","filters":{"calendar_ids":"cal_1"}}""", "filters.calendar_ids errors.must_be_array")]
    [InlineData("""{"callback_url":"https://hooks.example/","filters":{"calendar_ids":["../x"]}}""", "filters.calendar_ids errors.invalid_calendar_ids")]
    [InlineData("""{"callback_url":"https://hooks.example/","filters":{"calendar_ids":["cal_of_nobody"]}}""", "filters.calendar_ids errors.invalid_calendar_ids")]
    public async Task Create_WhenAFieldIsWrong_SaysWhich(string body, string error)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);

        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, "/v1/channels", body);

        Assert.Equal(422, status);
        Assert.Equal([error], errors);
    }

    [Fact]
    public async Task Create_WhenTheUrlIsVeryLong_IsTakenUpToALimit()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string longest = "https://hooks.example/".PadRight(2_048, 'a');

        await CreateAsync(caller, new { callback_url = longest });
        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, "/v1/channels", new { callback_url = longest + "a" });

        Assert.Equal((422, "callback_url errors.too_long"), (status, Assert.Single(errors)));
    }

    [Fact]
    public async Task Create_WhenACalendarIsSomebodyElses_SaysWhatItSaysOfNone()
    {
        ApiCaller other = await ApiCaller.OpenAsync(host);
        ApiCaller caller = await ApiCaller.OpenAsync(host);

        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, "/v1/channels", new
        {
            callback_url = Url,
            filters = new { calendar_ids = new[] { await caller.CalendarIdAsync(), await other.CalendarIdAsync() } },
        });

        Assert.Equal((422, "filters.calendar_ids errors.invalid_calendar_ids"), (status, Assert.Single(errors)));
    }

    [Fact]
    public async Task Create_WhenThereAreAsManyAsMayBe_IsRefusedUntilOneIsClosed()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string last = "";
        for (int i = 0; i < 128; i++)
        {
            last = (await CreateAsync(caller, new { callback_url = $"https://hooks.example/{i}" })).GetProperty("channel_id").GetString()!;
        }

        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, "/v1/channels", new { callback_url = Url });
        Assert.Equal((422, "callback_url errors.too_many"), (status, Assert.Single(errors)));
        await CreateAsync(caller, new { callback_url = "https://hooks.example/127" });
        Assert.Equal(202, (await caller.TryAsync(HttpMethod.Delete, $"/v1/channels/{last}")).Status);
        await CreateAsync(caller, new { callback_url = Url });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    public async Task Close_WhenAsked_AnswersEmptyWhateverTheBody(string? body)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string id = (await CreateAsync(caller, new { callback_url = Url })).GetProperty("channel_id").GetString()!;

        using HttpResponseMessage response = await caller.SendAsync(
            HttpMethod.Delete, $"/v1/channels/{id}", body is null ? null : ApiCaller.Json(body));

        Assert.Equal((HttpStatusCode.Accepted, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("[]", (await caller.GetAsync("/v1/channels")).GetProperty("channels").GetRawText());
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Delete, $"/v1/channels/{id}")).Status);
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Get, $"/v1/channels/{id}/deliveries")).Status);
    }

    [Theory]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/deliveries")]
    [InlineData("GET", "/settings")]
    [InlineData("POST", "/settings")]
    [InlineData("POST", "/deliveries/replay")]
    public async Task Channel_WhenItIsSomebodyElses_IsNotThere(string method, string path)
    {
        ApiCaller other = await ApiCaller.OpenAsync(host);
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string id = (await CreateAsync(other, new { callback_url = Url })).GetProperty("channel_id").GetString()!;
        object? body = method == "POST" ? new { from = 1, push = false } : null;

        foreach (string asked in new[] { id, "chn_0123456789abcdef01234567", "chn_", "x", "per_1" })
        {
            Assert.Equal(404, (await caller.TryAsync(new HttpMethod(method), $"/v1/channels/{asked}{path}", body)).Status);
        }

        Assert.Single((await other.GetAsync("/v1/channels")).GetProperty("channels").EnumerateArray());
    }

    [Fact]
    public async Task Settings_WhenSet_AreShownAndKeptWhereNotGiven()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string id = (await CreateAsync(caller, new { callback_url = Url })).GetProperty("channel_id").GetString()!;
        string path = $"/v1/channels/{id}/settings";

        Assert.Equal("""{"settings":{"push":true,"standard_webhooks":false}}""", (await caller.GetAsync(path)).GetRawText());
        await SetAsync(new { standard_webhooks = true });
        await SetAsync(new { push = false });
        await SetAsync(new { });

        Assert.Equal("""{"settings":{"push":false,"standard_webhooks":true}}""", (await caller.GetAsync(path)).GetRawText());
        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, path, new { push = "no", standard_webhooks = 1 });
        Assert.Equal(422, status);
        Assert.Equal(["push errors.must_be_boolean", "standard_webhooks errors.must_be_boolean"], errors);

        async Task SetAsync(object body) => Assert.Equal(200, (await caller.TryAsync(HttpMethod.Post, path, body)).Status);
    }

    [Fact]
    public async Task Deliveries_WhenTheCallbackIsGone_SayWhyTheChannelClosed()
    {
        await using HookListener hook = new();
        hook.Status = 410;
        TestApplication application = await host.RegisterAsync();
        ApiCaller caller = await ApiCaller.OpenAsync(host, application: application);
        string id = (await CreateAsync(caller, new { callback_url = hook.Url })).GetProperty("channel_id").GetString()!;
        await Eventually.HoldsAsync(async () => (await DeliveriesAsync(caller, id)).Any(d => d.GetProperty("state").GetString() == "failed"));

        JsonElement page = await caller.GetAsync($"/v1/channels/{id}/deliveries");
        Assert.Equal("gone", page.GetProperty("channel").GetProperty("closed").GetProperty("reason").GetString());
        JsonElement delivery = Assert.Single(page.GetProperty("deliveries").EnumerateArray());
        Assert.Equal(
            ("verification", "gone", 410, 1, 1),
            (delivery.GetProperty("notification").GetProperty("type").GetString(), delivery.GetProperty("outcome").GetString(),
                delivery.GetProperty("status").GetInt32(), delivery.GetProperty("attempts").GetInt32(), delivery.GetProperty("sequence").GetInt32()));
        Assert.Equal("[]", (await caller.GetAsync("/v1/channels")).GetProperty("channels").GetRawText());
        Assert.Equal("gone", Assert.Single(await ListedAsync(application, "closed")).GetProperty("closed").GetString());

        // The same request makes a new one in its place.
        hook.Status = 200;
        JsonElement again = await CreateAsync(caller, new { callback_url = hook.Url });
        Assert.NotEqual(id, again.GetProperty("channel_id").GetString());
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Get, $"/v1/channels/{id}/deliveries")).Status);
    }

    [Fact]
    public async Task Operator_WhenACallbackFails_SeesIt()
    {
        await using HookListener hook = new();
        hook.Status = 500;
        TestApplication application = await host.RegisterAsync();
        ApiCaller caller = await ApiCaller.OpenAsync(host, application: application);
        string id = (await CreateAsync(caller, new { callback_url = hook.Url })).GetProperty("channel_id").GetString()!;
        await hook.ComeAsync(1);
        await Eventually.HoldsAsync(async () => (await ListedAsync(application, "failing")).Count == 1);

        JsonElement listed = (await ListedAsync(application, "failing"))[0];
        Assert.Equal(
            (id, application.ClientId, caller.Sub, 1, "refused", 500),
            (listed.GetProperty("channel_id").GetString(), listed.GetProperty("client_id").GetString(), listed.GetProperty("account_id").GetString(),
                listed.GetProperty("backlog").GetInt32(), listed.GetProperty("last_outcome").GetString(), listed.GetProperty("last_status").GetInt32()));
        Assert.True(listed.TryGetProperty("oldest_undelivered", out _));
        Assert.DoesNotContain("callback-canary", listed.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(await ListedAsync(application, "well"));
        using HttpResponseMessage wrong = await host.OperateAsync(HttpMethod.Get, "/operator/channels?state=ill");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using HttpResponseMessage unknown = await host.Http.GetAsync("/operator/channels");
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    [Theory]
    [InlineData("after=x", "after errors.must_be_integer")]
    [InlineData("after=-1", "after errors.must_be_integer")]
    [InlineData("after=99999999999999999999", "after errors.must_be_integer")]
    [InlineData("limit=0", "limit errors.out_of_range")]
    [InlineData("limit=51", "limit errors.out_of_range")]
    public async Task Deliveries_WhenAskedForWrongly_SayWhatIsWrong(string query, string error)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string id = (await CreateAsync(caller, new { callback_url = Url })).GetProperty("channel_id").GetString()!;

        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Get, $"/v1/channels/{id}/deliveries?{query}");

        Assert.Equal((422, error), (status, Assert.Single(errors)));
    }

    [Fact]
    public async Task Replay_WhenADeliveryIsKept_TellsItAgain()
    {
        await using HookListener hook = new();
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string id = (await CreateAsync(caller, new { callback_url = hook.Url })).GetProperty("channel_id").GetString()!;
        string path = $"/v1/channels/{id}/deliveries/replay";
        await Eventually.HoldsAsync(async () => (await DeliveriesAsync(caller, id)).Any(d => d.GetProperty("state").GetString() == "delivered"));

        Assert.Equal(202, (await caller.TryAsync(HttpMethod.Post, path, new { from = 1 })).Status);
        await hook.ComeAsync(2);

        Assert.Equal(["verification", "verification"], hook.Calls.Select(c => c.Type));
        foreach ((object body, string error) in new (object, string)[]
        {
            (new { }, "from errors.required"),
            (new { from = "1" }, "from errors.must_be_integer"),
            (new { from = 77 }, "from errors.not_recognized"),
        })
        {
            (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, path, body);
            Assert.Equal((422, error), (status, Assert.Single(errors)));
        }
    }

    [Fact]
    public async Task Grant_WhenItIsRevoked_TakesItsChannelsWithIt()
    {
        TestApplication application = await host.RegisterAsync();
        ApiCaller caller = await ApiCaller.OpenAsync(host, application: application);
        await CreateAsync(caller, new { callback_url = Url });
        Assert.Single(await ListedAsync(application, ""));

        using HttpResponseMessage response = await host.Http.PostAsync(
            "/oauth/token/revoke",
            JsonContent.Create(new { client_id = application.ClientId, client_secret = application.Secret, token = caller.AccessToken }));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Eventually.HoldsAsync(async () => (await ListedAsync(application, "")).Count == 0);
        Assert.Equal(401, (await caller.TryAsync(HttpMethod.Get, "/v1/channels")).Status);
    }

    private static async Task<JsonElement> CreateAsync(ApiCaller caller, object body)
    {
        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, "/v1/channels", ApiCaller.Json(body));
        JsonElement answer = await ApiCaller.ReadAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer.ToString());
        return answer.GetProperty("channel");
    }

    private static async Task<JsonElement[]> DeliveriesAsync(ApiCaller caller, string id) =>
        [.. (await caller.GetAsync($"/v1/channels/{id}/deliveries")).GetProperty("deliveries").EnumerateArray()];

    private async Task<List<JsonElement>> ListedAsync(TestApplication application, string state)
    {
        using HttpResponseMessage response = await host.OperateAsync(
            HttpMethod.Get, $"/operator/channels?client_id={application.ClientId}&state={state}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("channels").EnumerateArray()];
    }
}

using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

[Collection(OneGateway.Name)]
public sealed class AskedAccountTests(GatewayHost host)
{
    [Fact]
    public async Task Write_WhenItAsks_IsAnsweredWithTheAccount()
    {
        ApiCaller caller = await ApiCaller.GrantAsync(host);
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        string expected = (await caller.GetAsync("/v1/userinfo")).GetRawText();
        foreach ((HttpMethod method, object body) in new (HttpMethod, object)[]
        {
            (HttpMethod.Post, new { event_id = "asked", summary = "x", start = Day(1), end = Day(2), include_userinfo = true }),
            (HttpMethod.Delete, new { event_id = "asked", include_userinfo = true }),
        })
        {
            using HttpResponseMessage response = await caller.SendAsync(method, events, ApiCaller.Json(body));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
            JsonElement answer = await ApiCaller.ReadAsync(response);
            Assert.Empty(StrictReader.Findings(answer));
            Assert.Equal($$"""{"userinfo":{{expected}}}""", answer.GetRawText());
        }

        await caller.WriteAsync(HttpMethod.Delete, events, new { event_id = "asked", include_userinfo = false });
        await caller.WriteAsync(HttpMethod.Delete, events, new { event_id = "asked", include_userinfo = (bool?)null });
        Assert.Equal(
            ["include_userinfo errors.must_be_boolean"],
            (await caller.TryAsync(HttpMethod.Delete, events, new { event_id = "asked", include_userinfo = "yes" })).Errors);
    }

    [Fact]
    public async Task Write_ThatIsRefused_IsAnsweredWithWhyAlone()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        object body = new { event_id = "e", summary = "x", start = Day(1), end = Day(2), include_userinfo = true };

        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Post, "/v1/calendars/cal_0_0/events", body)).Status);
        ApiCaller narrow = await caller.NarrowedAsync("read_only");
        Assert.Equal(403, (await narrow.TryAsync(HttpMethod.Post, $"/v1/calendars/{await caller.CalendarIdAsync()}/events", body)).Status);
    }

    [Fact]
    public async Task Account_InAnAnswer_ShowsNoMoreThanItsScope()
    {
        ApiCaller caller = await (await ApiCaller.GrantAsync(host)).NarrowedAsync("create_event");
        using HttpResponseMessage response = await caller.SendAsync(
            HttpMethod.Post,
            $"/v1/calendars/{await caller.CalendarIdAsync()}/events",
            ApiCaller.Json(new { event_id = "narrow", summary = "x", start = Day(1), end = Day(2), include_userinfo = true }));

        JsonElement user = (await ApiCaller.ReadAsync(response)).GetProperty("userinfo");
        Assert.False(user.TryGetProperty("email", out _));
        Assert.Equal("create_event", user.GetProperty("cronofy.data").GetProperty("authorization").GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("/v1/events?tzid=Etc/UTC")]
    [InlineData("/v1/free_busy?tzid=Etc/UTC")]
    public async Task Read_WhenItAsks_HasTheAccountOnItsFirstPage(string path)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string expected = (await caller.GetAsync("/v1/userinfo")).GetRawText();

        Assert.Equal(expected, (await caller.GetAsync(path + "&include_userinfo=True")).GetProperty("userinfo").GetRawText());
        Assert.False((await caller.GetAsync(path + "&include_userinfo=false")).TryGetProperty("userinfo", out _));
        Assert.Equal(
            ["include_userinfo errors.must_be_boolean"], (await caller.TryAsync(HttpMethod.Get, path + "&include_userinfo=maybe")).Errors);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>Who may do what, and that nobody reaches what is another's.</summary>
[Collection(OneGateway.Name)]
public sealed class AccessTests(GatewayHost host)
{
    /// <summary>A word for each call that the scope permits.</summary>
    [Theory]
    [InlineData("read_write", "events busy own write delete calendar reminders")]
    [InlineData("full_access", "events busy own write delete calendar reminders")]
    [InlineData("read_only", "events busy own")]
    [InlineData("read_events", "events busy own")]
    [InlineData("read_free_busy", "busy")]
    [InlineData("free_busy", "busy")]
    [InlineData("write_only", "own write delete calendar reminders")]
    [InlineData("free_busy_write", "busy own write delete calendar reminders")]
    [InlineData("create_event", "own write")]
    [InlineData("delete_event", "own delete")]
    [InlineData("create_event event_reminders", "own write reminders")]
    [InlineData("read_account", "")]
    [InlineData("list_calendars", "")]
    [InlineData("create_calendar", "calendar")]
    public async Task Scope_WhenTried_PermitsExactlyWhatItSays(string scope, string permitted)
    {
        ApiCaller caller = await (await ApiCaller.OpenAsync(host)).NarrowedAsync(scope);
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        string profileId = (await caller.GetAsync("/v1/profiles")).GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;
        object body = new { event_id = "e", summary = "x", start = Day(1), end = Day(2) };
        object reminding = new { event_id = "e", summary = "x", start = Day(1), end = Day(2), reminders = new[] { new { minutes = 5 } } };
        await caller.GetAsync("/v1/userinfo");
        await caller.GetAsync("/v1/account");

        List<string> found = [];
        Note("events", (await caller.TryAsync(HttpMethod.Get, "/v1/events?tzid=Etc/UTC&include_managed=true")).Status);
        Note("busy", (await caller.TryAsync(HttpMethod.Get, "/v1/free_busy?tzid=Etc/UTC")).Status);
        Note("own", (await caller.TryAsync(HttpMethod.Get, "/v1/events?tzid=Etc/UTC&only_managed=true")).Status);
        Note("write", (await caller.TryAsync(HttpMethod.Post, events, body)).Status);
        Note("delete", (await caller.TryAsync(HttpMethod.Delete, events, new { event_id = "e" })).Status);
        Note("calendar", (await caller.TryAsync(HttpMethod.Post, "/v1/calendars", new { profile_id = profileId, name = "x" })).Status);
        Note("reminders", (await caller.TryAsync(HttpMethod.Post, events, reminding)).Status);
        Assert.Equal(permitted, string.Join(' ', found));

        // 422 says that an application calendar's profile makes no other: the scope was good.
        void Note(string what, int status)
        {
            Assert.Contains(status, new[] { 200, 202, 403, 422 });
            if (status != 403)
            {
                found.Add(what);
            }
        }
    }

    [Fact]
    public async Task FreeBusyScope_WhateverItAsks_NeverSeesATitle()
    {
        ApiCaller wide = await ApiCaller.OpenAsync(host);
        await wide.WriteAsync(HttpMethod.Post, $"/v1/calendars/{await wide.CalendarIdAsync()}/events", new
        {
            event_id = "e",
            summary = "TITLE",
            description = "TITLE",
            start = At(1, "09:00"),
            end = At(1, "10:00"),
            location = new { description = "TITLE" },
        });
        ApiCaller caller = await wide.NarrowedAsync("free_busy");

        foreach (string path in new[]
        {
            "/v1/free_busy?tzid=Etc/UTC&include_managed=true&include_ids=true&include_free=true&include_deleted=true&include_geo=true",
            "/v1/events?tzid=Etc/UTC&include_managed=true",
            "/v1/events?tzid=Etc/UTC&only_managed=true",
            "/v1/userinfo", "/v1/account", "/v1/profiles", "/v1/calendars",
        })
        {
            using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Get, path);
            Assert.DoesNotContain("TITLE", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Single(await caller.GetAllAsync("/v1/free_busy?tzid=Etc/UTC&include_managed=true", "free_busy"));
    }

    [Fact]
    public async Task Stranger_WhoKnowsAnotherPersonsIds_IsToldTheSameAsOfNoneAtAll()
    {
        ApiCaller owner = await ApiCaller.OpenAsync(host);
        ApiCaller stranger = await ApiCaller.OpenAsync(host);
        string calendarId = await owner.CalendarIdAsync();
        string profileId = (await owner.GetAsync("/v1/profiles")).GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;
        object body = new { event_id = "e", summary = "x", start = Day(1), end = Day(2) };

        foreach ((string foreign, string absent, HttpMethod method, object? content) in new (string, string, HttpMethod, object?)[]
        {
            ($"/v1/calendars/{calendarId}/events", "/v1/calendars/cal_0_0/events", HttpMethod.Post, body),
            ($"/v1/calendars/{calendarId}/events", "/v1/calendars/cal_0_0/events", HttpMethod.Delete, new { event_id = "e" }),
            ($"/v1/profiles/{profileId}/revoke", "/v1/profiles/pro_0/revoke", HttpMethod.Post, null),
            ($"/v1/events?tzid=Etc/UTC&calendar_ids[]={calendarId}", "/v1/events?tzid=Etc/UTC&calendar_ids[]=cal_0_0", HttpMethod.Get, null),
            ($"/v1/free_busy?tzid=Etc/UTC&calendar_ids[]={calendarId}", "/v1/free_busy?tzid=Etc/UTC&calendar_ids[]=cal_0_0", HttpMethod.Get, null),
        })
        {
            Assert.Equal(await WholeAsync(stranger, method, absent, content), await WholeAsync(stranger, method, foreign, content));
        }

        Assert.Equal(404, (await stranger.TryAsync(HttpMethod.Post, $"/v1/profiles/{profileId}/revoke")).Status);
        Assert.Equal(404, (await stranger.TryAsync(HttpMethod.Post, "/v1/calendars", new { profile_id = profileId, name = "x" })).Status);
        Assert.Single((await owner.GetAsync("/v1/profiles")).GetProperty("profiles").EnumerateArray());

        static async Task<string> WholeAsync(ApiCaller caller, HttpMethod method, string path, object? content)
        {
            using HttpResponseMessage response = await caller.SendAsync(method, path, content is null ? null : ApiCaller.Json(content));
            return $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
    }

    [Fact]
    public async Task EventOfAnotherApplication_OnTheSameCalendar_IsExternal()
    {
        ApiCaller first = await ApiCaller.GrantAsync(host);
        ApiCaller second = await ApiCaller.GrantAsync(host);
        string path = $"/v1/calendars/{await first.CalendarIdAsync()}/events";
        await first.WriteAsync(HttpMethod.Post, path, new { event_id = "mine", summary = "Shared", start = At(1, "09:00"), end = At(1, "10:00") });

        JsonElement own = Assert.Single(await first.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
        JsonElement seen = Assert.Single(
            await second.GetAllAsync("/v1/events?tzid=Etc/UTC", "events"),
            e => e.GetProperty("event_uid").GetString() == own.GetProperty("event_uid").GetString());
        Assert.False(seen.TryGetProperty("event_id", out _));
        Assert.False(seen.GetProperty("options").GetProperty("update").GetBoolean());
        Assert.Empty(await second.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
        await second.WriteAsync(HttpMethod.Delete, path, new { event_id = "mine" });
        Assert.Single(await first.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
        await first.WriteAsync(HttpMethod.Delete, path, new { event_id = "mine" });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer undefined")]
    [InlineData("Bearer at_0_acc_0.0")]
    [InlineData("Basic YTpi")]
    public async Task Token_ThatIsNone_Gets401WithAChallenge(string? header)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/userinfo");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        using HttpResponseMessage response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        AuthenticationHeaderValue challenge = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.Contains("error=\"invalid_token\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.Equal("invalid_token", (await ApiCaller.ReadAsync(response)).GetProperty("error").GetString());
        Assert.NotEmpty(response.Headers.GetValues("X-Request-Id").Single());
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json; charset=utf-8", "[]")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/json", "{\"profile_id\":\"pro_0\"}")]
    [InlineData("text/plain", "whatever {")]
    public async Task Revoke_WithWhateverBodyALibrarySends_TakesTheProfileAway(string? contentType, string body)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string profileId = (await caller.GetAsync("/v1/profiles")).GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;
        using ByteArrayContent content = new(System.Text.Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, $"/v1/profiles/{profileId}/revoke", content);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await TestKit.Eventually.HoldsAsync(async () =>
            !(await caller.GetAsync("/v1/profiles")).GetProperty("profiles").EnumerateArray().Any());
        Assert.Empty((await caller.GetAsync("/v1/calendars")).GetProperty("calendars").EnumerateArray());
    }

    /// <summary>Node and Python name a media type on GET, Python sends a body too, PHP a foreign Host.</summary>
    [Fact]
    public async Task Get_WithABodyAMediaTypeAndAForeignHost_IsAnsweredAllTheSame()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/events?tzid=Etc%2FUTC&only_managed=False&include_managed=True")
        {
            Content = ApiCaller.Json("{}"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.AccessToken);
        request.Headers.Host = "api.cronofy.com";
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate");
        using HttpResponseMessage response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"pages":{"current":1,"total":1},"events":[]}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Person_WithoutReadAccount_HasNoNameAndNoAddress()
    {
        ApiCaller wide = await ApiCaller.GrantAsync(host, "read_account read_events");
        JsonElement account = (await wide.GetAsync("/v1/account")).GetProperty("account");
        Assert.Equal(wide.Sub, account.GetProperty("account_id").GetString());
        Assert.Equal(JsonValueKind.String, account.GetProperty("email").ValueKind);
        JsonElement userinfo = await wide.GetAsync("/v1/userinfo");
        Assert.Equal("account", userinfo.GetProperty("cronofy.type").GetString());
        Assert.Equal("Europe/Berlin", userinfo.GetProperty("zoneinfo").GetString());

        ApiCaller narrow = await wide.NarrowedAsync("read_events");
        account = (await narrow.GetAsync("/v1/account")).GetProperty("account");
        Assert.False(account.TryGetProperty("email", out _) || account.TryGetProperty("name", out _));
        Assert.False((await narrow.GetAsync("/v1/userinfo")).TryGetProperty("email", out _));
    }

    [Fact]
    public async Task Description_OfTheApi_NamesEveryEndpointWithItsParameters()
    {
        using HttpResponseMessage response = await host.Http.GetAsync("/openapi/v1.json");
        JsonElement paths = (await ApiCaller.ReadAsync(response)).GetProperty("paths");

        foreach ((string path, string method) in new[]
        {
            ("/v1/userinfo", "get"), ("/v1/account", "get"), ("/v1/profiles", "get"), ("/v1/profiles/{profile_id}/revoke", "post"),
            ("/v1/calendars", "get"), ("/v1/calendars", "post"), ("/v1/events", "get"), ("/v1/events/pages/{cursor}", "get"),
            ("/v1/free_busy", "get"), ("/v1/free_busy/pages/{cursor}", "get"),
            ("/v1/calendars/{calendar_id}/events", "post"), ("/v1/calendars/{calendar_id}/events", "delete"),
            ("/v1/batch", "post"), ("/v1/link_tokens", "post"), ("/v1/element_tokens", "post"),
            ("/v1/service_account_authorizations", "post"), ("/v1/resources", "get"), ("/v1/accessible_calendars", "get"),
            ("/v1/delegated_authorizations", "post"), ("/v1/events", "delete"),
            ("/v1/calendars/{calendar_id}/events/{event_uid}/participation_status", "post"), ("/v1/permissions", "post"),
        })
        {
            JsonElement operation = paths.GetProperty(path).GetProperty(method);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _));
        }

        Assert.Contains(
            paths.GetProperty("/v1/events").GetProperty("get").GetProperty("parameters").EnumerateArray(),
            p => p.GetProperty("name").GetString() == "tzid" && p.GetProperty("required").GetBoolean());
    }
}

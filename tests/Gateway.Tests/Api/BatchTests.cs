using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.Providers;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

[Collection(OneGateway.Name)]
public sealed class BatchTests(GatewayHost host)
{
    private static int _logins;

    [Fact]
    public async Task Batch_OfSeveralCalendars_AnswersEachEntryInItsPlace()
    {
        string userName = $"batch{Interlocked.Increment(ref _logins)}@example.test";
        host.AddLogin(userName);
        InMemoryCalendar second = host.Provider.AddCalendar(userName, "Second");
        ApiCaller caller = await ApiCaller.GrantAsync(host, userName: userName);
        string[] calendars = [.. (await caller.GetAsync("/v1/calendars")).GetProperty("calendars").EnumerateArray()
            .Where(c => !c.GetProperty("calendar_readonly").GetBoolean()).Select(c => c.GetProperty("calendar_id").GetString()!)];
        Assert.Equal(2, calendars.Length);

        JsonElement[] answers = await BatchAsync(
            caller,
            Upsert(calendars[0], "a", "First"),
            Upsert(calendars[1], "b", "Second"),
            Entry("POST", $"/v1/calendars/{calendars[0]}/events", new { event_id = "c" }),
            Upsert(calendars[0], "a", "Third"),
            Entry("DELETE", $"/v1/calendars/{calendars[1]}/events", new { event_id = "b" }),
            Upsert(calendars[1], "b", "Fourth"));

        Assert.Equal([202, 202, 422, 202, 202, 202], answers.Select(Status));
        Assert.All(answers.Where(a => Status(a) == 202), a => Assert.Single(a.EnumerateObject()));
        Assert.Equal("errors.required", answers[2].GetProperty("data").GetProperty("errors").GetProperty("summary")[0].GetProperty("key").GetString());
        Assert.Equal(
            ["a Third", "b Fourth"],
            (await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"))
                .Select(e => $"{e.GetProperty("event_id").GetString()} {e.GetProperty("summary").GetString()}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(second.Items.Values, i => i.Object.Master?.Content.Summary == "First");
    }

    [Fact]
    public async Task Entry_WhateverIsWrongWithIt_IsAnsweredAsTheCallAlone()
    {
        ApiCaller wide = await ApiCaller.GrantAsync(host);
        ApiCaller stranger = await ApiCaller.OpenAsync(host);
        ApiCaller narrow = await wide.NarrowedAsync("read_only");
        string own = $"/v1/calendars/{await wide.CalendarIdAsync()}/events";
        string readOnly = $"/v1/calendars/{await wide.CalendarIdAsync(readOnly: true)}/events";
        string foreign = $"/v1/calendars/{await stranger.CalendarIdAsync()}/events";
        object whole = new { event_id = "e", summary = "x", start = Day(1), end = Day(2) };
        foreach ((ApiCaller caller, string method, string path, object? data) in new (ApiCaller, string, string, object?)[]
        {
            (wide, "POST", own, new { event_id = 1, summary = new { }, start = "then", end = Day(2) }),
            (wide, "POST", own, new { event_id = "e", summary = new string('x', 1_025), start = Day(2), end = Day(1) }),
            (wide, "POST", own, null),
            (wide, "POST", own, Array.Empty<int>()),
            (wide, "DELETE", own, new { }),
            (wide, "DELETE", own, new { event_uid = "e1" }),
            (wide, "POST", own + "/", whole),
            (wide, "POST", readOnly, whole),
            (wide, "POST", foreign, whole),
            (wide, "DELETE", foreign, new { event_id = "e" }),
            (wide, "POST", "/v1/calendars/cal_1_@x/events", whole),
            (wide, "POST", "/v1/calendars/cal_1_%40x/events", whole),
            (wide, "POST", "/v1/available_periods", whole),
            (wide, "PATCH", own, whole),
            (wide, "DELETE", "/v1/nothing", null),
            (narrow, "POST", own, whole),
            (narrow, "DELETE", own, new { event_id = "e" }),
        })
        {
            using HttpResponseMessage alone = await caller.SendAsync(
                new HttpMethod(method), path, data is null ? null : ApiCaller.Json(data));
            string body = await alone.Content.ReadAsStringAsync();
            JsonElement entry = (await BatchAsync(caller, Entry(method, path, data)))[0];

            Assert.Equal((int)alone.StatusCode, Status(entry));
            Assert.Equal(body, entry.TryGetProperty("data", out JsonElement answered) ? answered.GetRawText() : "");
            Assert.Equal(
                alone.Headers.WwwAuthenticate.SingleOrDefault()?.ToString(),
                entry.TryGetProperty("headers", out JsonElement headers) ? headers.GetProperty("WWW-Authenticate").GetString() : null);
        }
    }

    [Fact]
    public async Task Entry_ThatIsNone_IsRefusedByItself()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string own = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        JsonElement[] answers = await BatchAsync(
            caller,
            7,
            new { },
            new { method = 1, relative_url = own },
            Entry("POST", "https://elsewhere.example/v1/events", null),
            Entry("POST", "/v2/events", null),
            Entry("POST", "//elsewhere.example/v1/events", null),
            Entry("POST", "/v1/" + new string('x', 3_000), null),
            Entry("POST", own, "text"),
            Entry("POST", "/v1/batch", new { batch = Array.Empty<int>() }),
            Entry("GET", "/v1/userinfo", null),
            Entry("POST", "/v1/calendars", new { name = "x" }),
            Upsert(await caller.CalendarIdAsync(), "e", "Good"));

        Assert.Equal([422, 422, 422, 422, 422, 422, 422, 400, 422, 422, 422, 202], answers.Select(Status));
        Assert.Equal("errors.not_supported", answers[9].GetProperty("data").GetProperty("errors").GetProperty("relative_url")[0].GetProperty("key").GetString());
        Assert.All(answers, a => Assert.True(!a.TryGetProperty("data", out JsonElement data) || data.ValueKind is JsonValueKind.Object));
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("[]", 422)]
    [InlineData("", 422)]
    [InlineData("{\"batch\":null}", 422)]
    [InlineData("{\"batch\":{}}", 422)]
    [InlineData("{\"batch\":\"x\"}", 422)]
    [InlineData("{\"batch\":[51]}", 422)]
    [InlineData("{\"batch\":[", 400)]
    [InlineData("{\"batch\":[]}", 207)]
    public async Task Batch_ThatIsNone_IsRefusedAsAWhole(string body, int status)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        body = body.Replace("51", string.Join(',', Enumerable.Repeat("{}", 51)), StringComparison.Ordinal);

        Assert.Equal(status, (await caller.TryAsync(HttpMethod.Post, "/v1/batch", body)).Status);
        host.Time.Shift = TimeSpan.FromHours(2);
        try
        {
            Assert.Equal(status == 400 ? 400 : 401, (await caller.TryAsync(HttpMethod.Post, "/v1/batch", body)).Status);
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task Batch_AsAForm_IsReadLikeJson()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        using StringContent form = new(
            $"batch[0][method]=POST&batch[0][relative_url]={events}&batch[0][data][event_id]=e&batch[0][data][summary]=x"
            + $"&batch[0][data][start]={Day(1)}&batch[0][data][end]={Day(2)}&batch[0][data][event_private]=true",
            Encoding.UTF8,
            MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded"));
        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, "/v1/batch", form);

        Assert.Equal(HttpStatusCode.MultiStatus, response.StatusCode);
        Assert.Equal(202, Status((await ApiCaller.ReadAsync(response)).GetProperty("batch")[0]));
        Assert.True(Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"))
            .GetProperty("event_private").GetBoolean());
    }

    [Fact]
    public async Task Batch_WhenStorageFails_SaysSoOfEachEntryAndKeepsNone()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host, "batched");
        string calendar = await caller.CalendarIdAsync();
        await BatchAsync(caller, Upsert(calendar, "before", "x"));
        await using (await host.BreakStorageAsync())
        {
            JsonElement[] answers = await BatchAsync(caller, Upsert(calendar, "a", "x"), Upsert(calendar, "b", "x"));
            Assert.Equal([503, 503], answers.Select(Status));
            Assert.Equal("2", answers[0].GetProperty("headers").GetProperty("Retry-After").GetString());
            Assert.Equal("temporarily_unavailable", answers[0].GetProperty("data").GetProperty("error").GetString());
        }

        await BatchAsync(caller, Upsert(calendar, "after", "x"));
        Assert.Equal(
            ["after", "before"],
            (await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"))
                .Select(e => e.GetProperty("event_id").GetString()).Order(StringComparer.Ordinal));
    }

    internal static async Task<JsonElement[]> BatchAsync(ApiCaller caller, params object[] entries)
    {
        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, "/v1/batch", ApiCaller.Json(new { batch = entries }));
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.MultiStatus, $"{(int)response.StatusCode} {body}");
        JsonElement[] answers = [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("batch").EnumerateArray()];
        Assert.Equal(entries.Length, answers.Length);
        return answers;
    }

    internal static object Upsert(string calendarId, string eventId, string summary) => Entry(
        "POST", $"/v1/calendars/{calendarId}/events", new { event_id = eventId, summary, start = Day(1), end = Day(2) });

    internal static int Status(JsonElement answer) => answer.GetProperty("status").GetInt32();

    private static object Entry(string method, string path, object? data) => new { method, relative_url = path, data };
}

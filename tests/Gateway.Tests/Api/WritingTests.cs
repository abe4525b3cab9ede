using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

[Collection(OneGateway.Name)]
public sealed class WritingTests(GatewayHost host)
{
    [Fact]
    public async Task Upsert_WhenRepeated_KeepsWhatItDoesNotNameAndClearsWhatItNulls()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = await PathAsync(caller);
        await caller.WriteAsync(HttpMethod.Post, path, new
        {
            event_id = "e",
            summary = "First",
            description = "Text",
            start = At(1, "09:00"),
            end = At(1, "10:00"),
            location = new { description = "Room" },
            event_private = true,
        });
        string uid = (await OnlyAsync(caller)).GetProperty("event_uid").GetString()!;
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "e", summary = "Second", start = At(2, "09:00"), end = At(2, "10:00") });

        JsonElement kept = await OnlyAsync(caller);
        Assert.Equal("Second", kept.GetProperty("summary").GetString());
        Assert.Equal("Text", kept.GetProperty("description").GetString());
        Assert.Equal("Room", kept.GetProperty("location").GetProperty("description").GetString());
        Assert.True(kept.GetProperty("event_private").GetBoolean());
        Assert.Equal(uid, kept.GetProperty("event_uid").GetString());

        await caller.WriteAsync(HttpMethod.Post, path, """
            {"event_id":"e","summary":"Third","start":"S","end":"E","description":null,"location":null,"url":null}
            """.Replace("\"S\"", $"\"{Day(3)}\"", StringComparison.Ordinal).Replace("\"E\"", $"\"{Day(4)}\"", StringComparison.Ordinal));
        JsonElement cleared = await OnlyAsync(caller);
        Assert.Equal("", cleared.GetProperty("description").GetString());
        Assert.False(cleared.TryGetProperty("location", out _));
        Assert.Equal((Day(3), Day(4)), (cleared.GetProperty("start").GetString(), cleared.GetProperty("end").GetString()));
    }

    /// <summary>The same event as each of the five libraries writes it: encodings, times, headers.</summary>
    [Theory]
    [InlineData("node", "application/json", """{"event_id":"e","summary":"x","start":"D1T09:00:00Z","end":"D1T10:00:00Z"}""")]
    [InlineData("python", "application/json", """{"event_id":"e","summary":"x","start":"D1T09:00:00Z","end":"D1T10:00:00Z","description":""}""")]
    [InlineData("php", "application/json; charset=utf-8", """{"event_id":"e","summary":"x","start":"D1T09:00:00Z","end":"D1T10:00:00Z","url":"https:\/\/example.com\/"}""")]
    [InlineData("ruby", "application/json; charset=utf-8", """{"event_id":"e","summary":"x","start":{"time":"D1T09:00:00Z","tzid":"Etc/UTC"},"end":{"time":"D1T10:00:00Z","tzid":"Etc/UTC"}}""")]
    [InlineData("csharp", "application/json; charset=utf-8", """{"event_id":"e","summary":"x","start":{"time":"D1 09:00:00Z","tzid":"Etc/UTC"},"end":{"time":"D1 10:00:00Z","tzid":"Etc/UTC"},"url":null}""")]
    [InlineData("form", "application/x-www-form-urlencoded", "event_id=e&summary=x&start[time]=D1T09%3A00%3A00Z&start[tzid]=Etc%2FUTC&end=D1T10%3A00%3A00Z&reminders[][minutes]=5")]
    [InlineData("curl", "application/x-www-form-urlencoded", """{"event_id":"e","summary":"x","start":"D1T09:00:00Z","end":"D1T10:00:00Z"}""")]
    public async Task Upsert_AsEachLibrarySendsIt_IsTheSameEvent(string library, string contentType, string body)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host, library);
        using ByteArrayContent content = new(System.Text.Encoding.UTF8.GetBytes(body.Replace("D1", Day(1), StringComparison.Ordinal)));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (library == "csharp")
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip;q=1.0,deflate;q=0.6,identity;q=0.3");
        }

        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, await PathAsync(caller), content);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        JsonElement read = await OnlyAsync(caller);
        Assert.Equal((At(1, "09:00"), At(1, "10:00")), (read.GetProperty("start").GetString(), read.GetProperty("end").GetString()));
    }

    [Fact]
    public async Task Delete_WhenRepeatedOrOfNothing_IsAccepted()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = await PathAsync(caller);
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "e", summary = "x", start = Day(1), end = Day(2) });
        await caller.WriteAsync(HttpMethod.Delete, path, new { event_id = "e" });
        await caller.WriteAsync(HttpMethod.Delete, path, new { event_id = "e" });
        await caller.WriteAsync(HttpMethod.Delete, path, new { event_id = "never" });

        Assert.Empty(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
        Assert.Equal(["event_id errors.required"], (await caller.TryAsync(HttpMethod.Delete, path)).Errors);
        Assert.Equal(["event_id errors.required"], (await caller.TryAsync(HttpMethod.Delete, path, "[]")).Errors);
        Assert.Equal(["event_id errors.required"], (await caller.TryAsync(HttpMethod.Delete, path, new { event_id = "" })).Errors);
    }

    [Fact]
    public async Task ForeignEvent_WhenNamedByItsUid_NeedsAnotherPermission()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = await PathAsync(caller);

        string uid = "evt_external_0123456789abcdef01234567";
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Delete, path, new { event_uid = uid })).Status);
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Post, path, new { event_uid = uid, summary = "x", start = Day(1), end = Day(2) })).Status);
        Assert.Equal(
            ["event_uid errors.must_be_external_event_uid"],
            (await caller.TryAsync(HttpMethod.Delete, path, new { event_uid = "e1" })).Errors);
        await caller.WriteAsync(HttpMethod.Post, path, new
        {
            event_id = "own",
            event_uid = "evt_external_0123456789abcdef01234567",
            summary = "x",
            start = Day(1),
            end = Day(2),
        });
    }

    [Fact]
    public async Task Path_WithAnAtSignOrASlashBehind_LeadsToTheSamePlace()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        object body = new { event_id = "e", summary = "x", start = Day(1), end = Day(2) };

        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Post, "/v1/calendars/cal_1_@x/events", body)).Status);
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Post, "/v1/calendars/cal_1_%40x/events/", body)).Status);
        await caller.WriteAsync(HttpMethod.Post, await PathAsync(caller) + "/", body);
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Put, "/v1/events")).Status);
    }

    [Theory]
    [InlineData("{\"event_id\":\"a\",\"event_id\":\"b\"}", 400)]
    [InlineData("{", 400)]
    [InlineData("[1,2]", 400)]
    [InlineData("{}", 422)]
    [InlineData("[]", 422)]
    [InlineData("", 422)]
    public async Task Body_ThatIsBroken_IsRefused(string body, int status)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);

        Assert.Equal(status, (await caller.TryAsync(HttpMethod.Post, await PathAsync(caller), body)).Status);
    }

    [Fact]
    public async Task Body_OverOneMebibyte_IsRefused()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = await PathAsync(caller);

        Assert.Equal(400, (await caller.TryAsync(HttpMethod.Post, path, $$"""{"summary":"{{new string('x', 1024 * 1024)}}"}""")).Status);
        Assert.Equal(422, (await caller.TryAsync(HttpMethod.Post, path, $$"""{"summary":"{{new string('x', 1000 * 1024)}}"}""")).Status);
    }

    [Fact]
    public async Task Attendees_OnAnApplicationCalendar_AreRefused()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, await PathAsync(caller), new
        {
            event_id = "e",
            summary = "x",
            start = Day(1),
            end = Day(2),
            attendees = new { invite = new[] { new { email = "a@example.com" } } },
        });

        Assert.Equal((422, "attendees errors.event.cannot_set_attendees"), (status, Assert.Single(errors)));
    }

    [Fact]
    public async Task Calendar_ThatIsReadOnly_TakesNoWrite()
    {
        ApiCaller caller = await ApiCaller.GrantAsync(host);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync(readOnly: true)}/events";

        Assert.Equal(
            ["calendar_id errors.calendar_read_only"],
            (await caller.TryAsync(HttpMethod.Post, path, new { event_id = "e", summary = "x", start = Day(1), end = Day(2) })).Errors);
        Assert.Equal(
            ["calendar_id errors.calendar_read_only"], (await caller.TryAsync(HttpMethod.Delete, path, new { event_id = "e" })).Errors);
    }

    private static async Task<string> PathAsync(ApiCaller caller) => $"/v1/calendars/{await caller.CalendarIdAsync()}/events";

    private static async Task<JsonElement> OnlyAsync(ApiCaller caller) =>
        Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
}

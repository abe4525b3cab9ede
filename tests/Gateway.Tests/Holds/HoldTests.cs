using System.Text.Json;
using CalendarActors.Gateway.Tests.Availability;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Holds;

[Collection(OneGateway.Name)]
public sealed class HoldTests(GatewayHost host)
{
    [Fact]
    public async Task Hold_OfSeveral_TakesTheirTimeFromEveryApplication()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 2);

        (int status, JsonElement answer) = await TakeAsync(scene, "h", "10:00", "11:00", 0, 1);

        Assert.Equal(200, status);
        JsonElement hold = answer.GetProperty("hold");
        Assert.Equal(
            $"h {At(2, "10:00")} {At(2, "11:00")} {scene.Sub()},{scene.Sub(1)}",
            $"{hold.GetProperty("hold_id")} {hold.GetProperty("start")} {hold.GetProperty("end")} {string.Join(',', hold.GetProperty("participants").EnumerateArray().Select(p => p.GetProperty("sub")))}");
        Assert.Equal(["09:00-10:00 0", "11:00-12:00 0"], await scene.FindAsync(scene.Question()));
        Assert.Equal(
            ["09:00-10:00 1", "11:00-12:00 1"], await scene.FindAsync(scene.Question(("participants", new[] { scene.Group(null, 1) }))));
        Assert.Equal(hold.GetRawText(), (await scene.CallAsync(HttpMethod.Get, "/v1/holds/h")).Body.GetProperty("hold").GetRawText());
    }

    [Fact]
    public async Task Hold_WhenOneIsNotFree_IsOnNobody()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 3);
        await scene.TakeAsync("10:30", "11:00", room: 2);
        Assert.Equal(200, (await TakeAsync(scene, "h", "09:00", "10:00", 1)).Status);

        (int status, JsonElement answer) = await TakeAsync(scene, "busy", "10:00", "11:00", 0, 1, 2);
        Assert.Equal((409, "not_free", scene.Sub(2)), (status, answer.GetProperty("error").GetString(), answer.GetProperty("sub").GetString()));
        (status, answer) = await TakeAsync(scene, "held", "09:30", "10:00", 0, 1);
        Assert.Equal((409, scene.Sub(1)), (status, answer.GetProperty("sub").GetString()));

        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
        Assert.Equal(404, (await scene.CallAsync(HttpMethod.Get, "/v1/holds/busy")).Status);
        Assert.Equal(200, (await TakeAsync(scene, "busy", "11:00", "12:00", 0, 1, 2)).Status);
    }

    [Fact]
    public async Task Hold_WhenAskedForAgain_IsAsItWas()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        (_, JsonElement first) = await TakeAsync(scene, "h", "10:00", "11:00", 0);

        (int status, JsonElement again) = await TakeAsync(scene, "h", "10:00", "11:00", 0);

        Assert.Equal((200, first.GetRawText()), (status, again.GetRawText()));
        Assert.Equal(422, (await TakeAsync(scene, "h", "10:00", "11:30", 0)).Status);
        Assert.Equal(202, (await scene.CallAsync(HttpMethod.Delete, "/v1/holds/h")).Status);
        Assert.Equal(202, (await scene.CallAsync(HttpMethod.Delete, "/v1/holds/h")).Status);
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
        Assert.Equal(200, (await TakeAsync(scene, "h", "10:00", "11:30", 0)).Status);
    }

    [Fact]
    public async Task Event_WithAHold_TakesItsTime()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 2);
        await TakeAsync(scene, "h", "10:00", "11:00", 0, 1);

        await WriteAsync(scene, "h", "10:00", "11:00");
        Assert.Equal(["09:00-10:00 0", "11:00-12:00 0"], await scene.FindAsync(scene.Question()));

        // Whoever did not hear the answer writes again.
        await WriteAsync(scene, "h", "10:00", "11:00");
        await scene.Room.WriteAsync(
            HttpMethod.Delete, $"/v1/calendars/{await scene.Room.CalendarIdAsync()}/events", new { event_id = "held" });
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
        Assert.Equal(
            ["09:00-10:00 1", "11:00-12:00 1"], await scene.FindAsync(scene.Question(("participants", new[] { scene.Group(null, 1) }))));
    }

    [Fact]
    public async Task Hold_WhenAMeetingIsWrittenForIt_IsForNoOther()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await TakeAsync(scene, "h", "10:00", "11:00", 0);
        await WriteAsync(scene, "h", "10:00", "11:00");

        Assert.Equal("hold_id errors.hold_expired", await RefusalAsync(scene, "second", "h"));
        await scene.Room.WriteAsync(
            HttpMethod.Delete, $"/v1/calendars/{await scene.Room.CalendarIdAsync()}/events", new { event_id = "held" });
        (int status, JsonElement again) = await TakeAsync(scene, "h", "10:00", "11:00", 0);
        Assert.Equal((422, true), (status, again.GetProperty("errors").TryGetProperty("hold_id", out _)));

        // The time is somebody else's now, and the first answer comes too late.
        Assert.Equal(200, (await TakeAsync(scene, "next", "10:00", "11:00", 0)).Status);
        Assert.Equal("hold_id errors.hold_expired", await RefusalAsync(scene, "held", "h"));
        Assert.Equal(["09:00-10:00 0", "11:00-12:00 0"], await scene.FindAsync(scene.Question()));
    }

    [Fact]
    public async Task Hold_WhenItsMeetingWasRefused_IsForAnother()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await TakeAsync(scene, "h", "10:00", "11:00", 0);
        (int status, _) = await scene.Room.TryAsync(
            HttpMethod.Post,
            "/v1/calendars/cal_0_0/events",
            new { event_id = "nowhere", summary = "x", start = At(2, "10:00"), end = At(2, "11:00"), hold_id = "h" });
        Assert.InRange(status, 400, 499);

        await WriteAsync(scene, "h", "10:00", "11:00");
    }

    [Theory]
    [InlineData("none", "10:00", "11:00")]
    [InlineData("h", "10:00", "11:30")]
    [InlineData("h", "09:00", "10:00")]
    public async Task Event_WithoutThatTimeHeld_IsRefused(string holdId, string from, string to)
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await TakeAsync(scene, "h", "10:00", "11:00", 0);

        (int status, string[] errors) = await scene.Room.TryAsync(
            HttpMethod.Post,
            $"/v1/calendars/{await scene.Room.CalendarIdAsync()}/events",
            new { event_id = "held", summary = "x", start = At(2, from), end = At(2, to), hold_id = holdId });

        Assert.Equal((422, "hold_id errors.hold_expired"), (status, string.Join(',', errors)));
        Assert.Empty(await scene.Room.GetAllAsync("/v1/events?tzid=Etc/UTC&include_managed=true", "events"));
    }

    [Fact]
    public async Task Hold_WhenItsTimeIsOver_IsGone()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await TakeAsync(scene, "h", "10:00", "11:00", 0);
        try
        {
            host.Time.Shift = TimeSpan.FromSeconds(61);

            Assert.Equal(404, (await scene.CallAsync(HttpMethod.Get, "/v1/holds/h")).Status);
            Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
            Assert.Equal(200, (await TakeAsync(scene, "other", "10:00", "11:00", 0)).Status);
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task Hold_WhoseIdHasASlash_IsReleasedByItsPath()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await TakeAsync(scene, "a/b", "10:00", "11:00", 0);

        Assert.Equal(200, (await scene.CallAsync(HttpMethod.Get, "/v1/holds/a%2Fb")).Status);
        Assert.Equal(202, (await scene.CallAsync(HttpMethod.Delete, "/v1/holds/a%2Fb")).Status);
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
    }

    [Fact]
    public async Task Hold_OfAnotherApplication_IsNotSeen()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        AvailabilityScene other = await AvailabilityScene.OpenAsync(host);
        await TakeAsync(scene, "h", "10:00", "11:00", 0);

        Assert.Equal(404, (await other.CallAsync(HttpMethod.Get, "/v1/holds/h")).Status);
        Assert.Equal(202, (await other.CallAsync(HttpMethod.Delete, "/v1/holds/h")).Status);
        Assert.Equal(200, (await scene.CallAsync(HttpMethod.Get, "/v1/holds/h")).Status);
        Assert.Equal(200, (await scene.CallAsync(HttpMethod.Get, "/v1/holds/h", bearer: scene.Room.AccessToken)).Status);
        Assert.Equal(401, (await scene.CallAsync(HttpMethod.Get, "/v1/holds/h", bearer: "x")).Status);
        (int status, JsonElement answer) = await scene.CallAsync(HttpMethod.Post, "/v1/holds", new
        {
            participants = new[] { new { sub = other.Sub() } },
            start = At(2, "10:00"),
            end = At(2, "11:00"),
        });
        Assert.Equal(422, status);
        Assert.True(answer.GetProperty("errors").TryGetProperty("participants[0].sub", out _));
    }

    [Theory]
    [InlineData("{}", "start errors.required,end errors.required,participants errors.required")]
    [InlineData("""{"participants":[],"start":"2030-01-01T10:00:00Z","end":"2030-01-01T09:00:00Z","seconds":0,"hold_id":"a b"}""", "end errors.invalid_time_pair,seconds errors.out_of_range,hold_id errors.invalid_format,participants errors.required")]
    [InlineData("""{"participants":[{}],"start":"2030-01-01T10:00:00Z","end":"2030-01-03T09:00:00Z","seconds":901}""", "end errors.out_of_range,seconds errors.out_of_range,participants[0].sub errors.required")]
    [InlineData("""{"participants":[{"sub":"SUB"},{"sub":"SUB"}],"start":"2030-01-01T10:00:00Z","end":"2030-01-01T11:00:00Z"}""", "participants errors.invalid_format")]
    [InlineData("""{"participants":[{"sub":"SUB","calendar_ids":["cal_0_0"]}],"start":"2030-01-01T10:00:00Z","end":"2030-01-01T11:00:00Z"}""", "participants[0].calendar_ids errors.invalid_calendar_ids")]
    public async Task Hold_WhenSomethingIsWrong_SaysAllOfIt(string body, string expected)
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);

        (int status, JsonElement answer) = await scene.CallAsync(HttpMethod.Post, "/v1/holds", body.Replace("SUB", scene.Sub(), StringComparison.Ordinal));

        Assert.Equal(
            (422, expected),
            (status, string.Join(',', answer.GetProperty("errors").EnumerateObject()
                .SelectMany(f => f.Value.EnumerateArray().Select(e => $"{f.Name} {e.GetProperty("key").GetString()}")))));
    }

    private static Task<(int Status, JsonElement Body)> TakeAsync(
        AvailabilityScene scene, string id, string from, string to, params int[] rooms) =>
        scene.CallAsync(HttpMethod.Post, "/v1/holds", new
        {
            hold_id = id,
            participants = rooms.Select(r => new { sub = scene.Sub(r) }),
            start = At(2, from),
            end = At(2, to),
            seconds = 60,
        });

    private static async Task<string> RefusalAsync(AvailabilityScene scene, string eventId, string holdId)
    {
        (int status, string[] errors) = await scene.Room.TryAsync(
            HttpMethod.Post,
            $"/v1/calendars/{await scene.Room.CalendarIdAsync()}/events",
            new { event_id = eventId, summary = "x", start = At(2, "10:00"), end = At(2, "11:00"), hold_id = holdId });
        Assert.Equal(422, status);
        return string.Join(',', errors);
    }

    private static async Task WriteAsync(AvailabilityScene scene, string holdId, string from, string to) =>
        await scene.Room.WriteAsync(
            HttpMethod.Post,
            $"/v1/calendars/{await scene.Room.CalendarIdAsync()}/events",
            new { event_id = "held", summary = "x", start = At(2, from), end = At(2, to), hold_id = holdId });
}

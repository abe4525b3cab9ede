using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

[Collection(OneGateway.Name)]
public sealed class ExternalEventTests(GatewayHost host)
{
    private const string Nothing = """{"delete":false,"update":false,"change_participation_status":false}""";
    private const string Mine = """{"delete":true,"update":true,"change_participation_status":false}""";
    private const string Invited = """{"delete":false,"update":false,"change_participation_status":true}""";

    private static object Edit(string uid, string summary = "Changed") =>
        new { event_uid = uid, summary, start = At(3, "09:00"), end = At(3, "10:00") };

    [Fact]
    public async Task Options_WhateverTheEventIs_SayWhatWorks()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        Assert.Equal(
            (Nothing, Invited, Nothing),
            (await scene.OptionsAsync("Plain"), await scene.OptionsAsync("Meeting"), await scene.OptionsAsync("Series")));

        await scene.AllowAsync();

        Assert.Equal(
            (Mine, Invited, Nothing),
            (await scene.OptionsAsync("Plain"), await scene.OptionsAsync("Meeting"), await scene.OptionsAsync("Series")));
        ApiCaller narrow = await scene.Caller.NarrowedAsync("read_events delete_event");
        Assert.Equal(
            [Nothing, """{"delete":true,"update":false,"change_participation_status":false}"""],
            (await narrow.GetAllAsync("/v1/events?tzid=Etc/UTC", "events"))
                .Select(e => e.GetProperty("options").GetRawText()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Event_WhenChangedByItsUid_IsChangedAtTheProvider()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        await scene.AllowAsync();
        string uid = await scene.UidAsync("Plain");

        await scene.Caller.WriteAsync(HttpMethod.Post, scene.Events, Edit(uid));

        Assert.Equal(uid, await scene.UidAsync("Changed"));
        await Eventually.HoldsAsync(() => Task.FromResult(
            scene.Remote.Items.Values.Any(i => i.Object is { Uid: "plain", Master.Content.Summary: "Changed" })));
        await scene.Caller.WriteAsync(HttpMethod.Delete, scene.Events, new { event_uid = uid });
        await Eventually.HoldsAsync(() => Task.FromResult(scene.Remote.Items.Values.All(i => i.Object.Uid != "plain")));
    }

    [Fact]
    public async Task Invitation_WhenAnswered_IsAnsweredAtTheProvider()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        string path = $"{scene.Events}/{await scene.UidAsync("Meeting")}/participation_status";

        await scene.Caller.WriteAsync(HttpMethod.Post, path, new { status = "tentative" });

        Assert.Equal("tentative", (await scene.EventAsync("Meeting")).GetProperty("participation_status").GetString());
        await Eventually.HoldsAsync(() => Task.FromResult(
            scene.Remote.Items.Values.Single(i => i.Object.Uid == "meeting").Object.Master!.Content.Attendees[0].Status
            == ParticipationStatus.Tentative));
    }

    [Fact]
    public async Task Write_WhenItMayNotBe_SaysWhy()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        string plain = await scene.UidAsync("Plain");
        Assert.Equal(403, (await scene.Caller.TryAsync(HttpMethod.Post, scene.Events, Edit(plain))).Status);
        Assert.Equal(403, (await scene.Caller.TryAsync(HttpMethod.Delete, scene.Events, new { event_uid = plain })).Status);
        await scene.AllowAsync();
        await scene.Caller.WriteAsync(HttpMethod.Post, scene.Events, new { event_id = "own", summary = "Own", start = At(4, "09:00"), end = At(4, "10:00") });
        string own = await scene.UidAsync("Own");
        ApiCaller narrow = await scene.Caller.NarrowedAsync("read_events");

        await RefusedAsync(scene.Caller, HttpMethod.Delete, scene.Events, new { event_uid = own }, "event_uid errors.must_be_external_event_uid");
        await RefusedAsync(scene.Caller, HttpMethod.Post, scene.Events, Edit(own), "event_uid errors.must_be_external_event_uid");
        await RefusedAsync(scene.Caller, HttpMethod.Delete, scene.Events, new { event_uid = "own" }, "event_uid errors.must_be_external_event_uid");
        await RefusedAsync(scene.Caller, HttpMethod.Post, scene.Events, Edit(await scene.UidAsync("Series")), "event_uid errors.event.recurring");
        await RefusedAsync(scene.Caller, HttpMethod.Post, scene.Events, Edit(await scene.UidAsync("Meeting")), "event_uid errors.event.not_organizer");
        await RefusedAsync(
            scene.Caller, HttpMethod.Post, $"{scene.Events}/{plain}/participation_status", new { status = "accepted" }, "event_uid errors.event.not_invited");
        await RefusedAsync(scene.Caller, HttpMethod.Post, scene.Events, new { event_uid = plain }, "start errors.required", "end errors.required", "summary errors.required");
        await RefusedAsync(
            scene.Caller,
            HttpMethod.Post,
            scene.Events,
            new { event_uid = plain, summary = "x", start = At(3, "09:00"), end = At(3, "10:00"), recurrence = new { rules = Array.Empty<object>() } },
            "recurrence errors.not_supported");
        string unknown = "evt_external_0123456789abcdef01234567";
        Assert.Equal(404, (await scene.Caller.TryAsync(HttpMethod.Delete, scene.Events, new { event_uid = unknown })).Status);
        Assert.Equal(404, (await scene.Caller.TryAsync(HttpMethod.Post, scene.Events, Edit(unknown))).Status);
        Assert.Equal(404, (await scene.Caller.TryAsync(HttpMethod.Delete, "/v1/calendars/cal_0_0/events", new { event_uid = plain })).Status);
        Assert.Equal(404, (await scene.Caller.TryAsync(HttpMethod.Post, $"{scene.Events}/x%2F..%2Fy/participation_status", new { status = "accepted" })).Status);
        Assert.Equal(403, (await narrow.TryAsync(HttpMethod.Post, scene.Events, Edit(plain))).Status);
        Assert.Equal(403, (await narrow.TryAsync(HttpMethod.Delete, scene.Events, new { event_uid = plain })).Status);
        Assert.Equal(403, (await narrow.TryAsync(HttpMethod.Post, $"{scene.Events}/{plain}/participation_status", new { status = "accepted" })).Status);
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("[]", 422)]
    [InlineData("""{"status":null}""", 422)]
    [InlineData("""{"status":"needs_action"}""", 422)]
    [InlineData("""{"status":"ACCEPTED"}""", 422)]
    [InlineData("""{"status":["accepted"]}""", 422)]
    [InlineData("""{"status":1}""", 422)]
    [InlineData("{", 400)]
    public async Task Answer_WhenItIsNone_IsRefused(string body, int expected)
    {
        ApiCaller caller = await ApiCaller.GrantAsync(host);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events/evt_external_0/participation_status";

        Assert.Equal(expected, (await caller.TryAsync(HttpMethod.Post, path, body)).Status);
    }

    private static async Task RefusedAsync(ApiCaller caller, HttpMethod method, string path, object body, params string[] errors)
    {
        (int status, string[] found) = await caller.TryAsync(method, path, body);
        Assert.Equal((422, string.Join('|', errors)), (status, string.Join('|', found)));
    }
}

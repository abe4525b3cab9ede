using System.Net;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Graph.Delta;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>What is odd about delta, as the documentation and its users tell.</summary>
public sealed class DeltaTests
{
    private const string Immutable = "IdType=\"ImmutableId\"";

    [Fact]
    public async Task Series_WhenToldByDelta_IsWholeOnceAndItsDaysAreReduced()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string id = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Series", "2026-11-26T09:00:00", GraphScene.Daily("2026-11-26", 3)));
        scene.Simulator.PatchEvent(scene.Calendar, GraphSimulator.OccurrenceId(id, new(2026, 11, 27)), new() { ["subject"] = "Special" });

        var (rows, _, _) = await scene.PullAsync(scene.DeltaOf("2026-11-25", "2026-12-25"), Immutable);

        Assert.Equal(id, (string?)rows.Single(static row => (string?)row["type"] == "seriesMaster")["id"]);
        JsonObject[] days = [.. rows.Where(static row => (string?)row["type"] == "occurrence")];
        Assert.Equal(2, days.Length);
        Assert.All(days, day => Assert.Equal(
            ["@odata.etag", "@odata.type", "end", "id", "seriesMasterId", "start", "type"], day.Select(static field => field.Key).Order(StringComparer.Ordinal)));
        Assert.All(days, day => Assert.Equal(id, (string?)day["seriesMasterId"]));
        Assert.Equal("Special", (string?)rows.Single(static row => (string?)row["type"] == "exception")["subject"]);
    }

    [Theory]
    [InlineData("delta")]
    [InlineData("delta()")]
    [InlineData("microsoft.graph.delta()")]
    public async Task Delta_WhenSpelledOtherwise_IsTheSame(string spelling)
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("One", "2026-11-26T09:00:00"));

        var (rows, _, _) = await scene.PullAsync(
            scene.DeltaOf("2026-11-25", "2026-12-25").Replace("/delta?", $"/{spelling}?", StringComparison.Ordinal));

        Assert.Equal("One", (string?)rows.Single()["subject"]);
    }

    [Fact]
    public async Task Delta_WhenSomethingOutsideTheWindowChanges_TellsOfSomethingRemoved()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string moved = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Moved", "2026-11-26T09:00:00"));
        var (_, link, _) = await scene.PullAsync(scene.DeltaOf("2026-11-25", "2026-12-25"), Immutable);

        string far = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Far", "2027-11-26T09:00:00"));
        scene.Simulator.PatchEvent(scene.Calendar, moved, GraphScene.Hour("Moved", "2027-11-26T09:00:00"));
        var (rows, _, _) = await scene.PullAsync(link, Immutable);

        Assert.Equal(
            [(far, "changed"), (moved, "changed")],
            rows.Select(static row => ((string)row["id"]!, (string)row["@removed"]!["reason"]!)));
    }

    [Fact]
    public async Task Delta_WhenADayIsCancelled_TellsThatDayRemoved()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string id = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Series", "2026-11-26T09:00:00", GraphScene.Daily("2026-11-26", 3)));
        var (_, link, _) = await scene.PullAsync(scene.DeltaOf("2026-11-25", "2026-12-25"), Immutable);
        string day = GraphSimulator.OccurrenceId(id, new(2026, 11, 27));

        using HttpResponseMessage deleted = await scene.SendAsync(HttpMethod.Delete, $"/me/events/{day}", null, Immutable);
        var (rows, _, _) = await scene.PullAsync(link, Immutable);
        JsonObject master = await scene.GetAsync($"/me/events/{id}?$select=subject,cancelledOccurrences", Immutable);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(day, (string?)rows.Single(static row => row["@removed"] is not null)["id"]);
        Assert.Equal(3, rows.Count(static row => row["@removed"] is null));
        Assert.Equal($"OID.{id}.2026-11-27", (string?)master["cancelledOccurrences"]!.AsArray().Single());
        Assert.Null(master["start"]);
    }

    [Fact]
    public async Task Delta_WhenPagesAreSmall_TellsEachRowOnce()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Series", "2026-11-26T09:00:00", GraphScene.Daily("2026-11-26", 20)));
        scene.Simulator.Faults.OnCall(RequestClasses.Delta, 2, Fault.OfProvider(DeltaFaults.EmptyPage));

        var (rows, _, pages) = await scene.PullAsync(scene.DeltaOf("2026-11-25", "2026-12-25"), "odata.maxpagesize=5", Immutable);

        Assert.Equal(21, rows.Select(static row => (string?)row["id"]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((21, 6), (rows.Count, pages));
    }

    [Fact]
    public async Task Delta_WhenFaultsSpoilIt_RepeatsReplaysAndLeavesMastersOut()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Series", "2026-11-26T09:00:00", GraphScene.Daily("2026-11-26", 2)));
        string url = scene.DeltaOf("2026-11-25", "2026-12-25");
        scene.Simulator.Faults.Next(
            RequestClasses.Delta, Fault.OfProvider(DeltaFaults.Repeat), Fault.OfProvider(DeltaFaults.MastersMissing), Fault.OfProvider(DeltaFaults.Replay));

        var (twice, _, _) = await scene.PullAsync(url, Immutable);
        var (without, link, _) = await scene.PullAsync(url, Immutable);
        var (again, _, _) = await scene.PullAsync(link, Immutable);
        var (nothing, _, _) = await scene.PullAsync(link, Immutable);

        Assert.Equal([6, 2, 3, 0], [twice.Count, without.Count, again.Count, nothing.Count]);
    }

    [Fact]
    public async Task DeltaLink_WhenInvalidated_Is410WithAPlaceToStartAnew()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("One", "2026-11-26T09:00:00"));
        var (_, link, _) = await scene.PullAsync(scene.DeltaOf("2026-11-25", "2026-12-25"));
        scene.Simulator.InvalidateDeltaLinks(scene.Calendar);

        using HttpResponseMessage gone = await scene.SendAsync(HttpMethod.Get, link);
        JsonNode error = JsonNode.Parse(await gone.Content.ReadAsStringAsync())!["error"]!;
        var (rows, _, _) = await scene.PullAsync(gone.Headers.Location!.ToString());

        Assert.Equal((HttpStatusCode.Gone, "SyncStateNotFound"), (gone.StatusCode, (string?)error["code"]));
        Assert.Single(rows);
    }

    [Fact]
    public async Task Change_WhenHiddenFromReaders_IsToldLater()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        await using var subscriber = new Subscriber();
        var (_, link, _) = await scene.PullAsync(scene.DeltaOf("2026-11-25", "2026-12-25"));
        using HttpResponseMessage subscribed = await scene.SendAsync(HttpMethod.Post, "/subscriptions", subscriber.Wanted(scene));
        scene.Simulator.Notifications.BeforeReadable = 1;

        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Late", "2026-11-26T09:00:00"));
        var (early, _, _) = await scene.PullAsync(link);
        scene.Clock.Advance(TimeSpan.FromSeconds(20));
        var (late, _, _) = await scene.PullAsync(link);

        Assert.Equal(HttpStatusCode.Created, subscribed.StatusCode);
        Assert.Empty(early);
        Assert.Equal("Late", (string?)late.Single()["subject"]);
    }

    [Fact]
    public async Task Event_WhenMoved_KeepsItsImmutableIdOnly()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string other = scene.Simulator.AddCalendar(scene.Ada, "Other").Id;
        string id = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("One", "2026-11-26T09:00:00"));
        string before = (string)(await scene.GetAsync($"/me/events/{id}"))["id"]!;

        scene.Simulator.MoveEvent(scene.Calendar, id, other);
        using HttpResponseMessage old = await scene.SendAsync(HttpMethod.Get, $"/me/events/{before}");

        Assert.NotEqual(id, before);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
        Assert.NotEqual(before, (string?)(await scene.GetAsync($"/me/calendars/{other}/events/{id}"))["id"]);
        Assert.Equal(id, (string?)(await scene.GetAsync($"/me/events/{id}", Immutable))["id"]);
    }
}

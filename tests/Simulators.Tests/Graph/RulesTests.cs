using System.Net;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;
using CalendarActors.TestKit;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>What Graph refuses and limits.</summary>
public sealed class RulesTests
{
    [Fact]
    public async Task Requests_WhenFiveOfOneMailboxRunAtOnce_ThrottleTheFifthOnly()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        GraphUser bob = scene.Simulator.AddUser("bob@example.test", "Bob", GraphScene.Tenant);
        string bobs = scene.Simulator.IssueTokens(bob).AccessToken;
        scene.Simulator.Faults.Next(RequestClasses.Calendars, [.. Enumerable.Repeat(Fault.Slow(TimeSpan.FromSeconds(1)), 4)]);

        Task<HttpResponseMessage>[] four = [.. Enumerable.Range(0, 4).Select(_ => scene.SendAsync(HttpMethod.Get, "/me/calendars"))];
        await Eventually.HoldsAsync(() => Task.FromResult(scene.Simulator.MostConcurrent(scene.Ada) == 4));
        using HttpResponseMessage fifth = await scene.SendAsync(HttpMethod.Get, "/me");
        var other = await scene.ClientOf(bobs).Me.GetAsync();

        // A request may begin its wait only now.
        await Eventually.HoldsAsync(() =>
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(four.All(static one => one.IsCompleted));
        });
        HttpResponseMessage[] answers = await Task.WhenAll(four);
        using HttpResponseMessage later = await scene.SendAsync(HttpMethod.Get, "/me");

        Assert.Equal(HttpStatusCode.TooManyRequests, fifth.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), fifth.Headers.RetryAfter!.Delta);
        Assert.Contains("MailboxConcurrency", await fifth.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Bob", other!.DisplayName);
        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Equal((5, 1), (scene.Simulator.MostConcurrent(scene.Ada), scene.Simulator.MostConcurrent(bob)));
    }

    [Theory]
    [InlineData("2026-11-26T01:00:00", "UTC", "2026-11-27T00:00:00", "UTC", "midnight")]
    [InlineData("2026-11-26T00:00:00", "UTC", "2026-11-27T00:00:00", "Europe/Berlin", "same time zone")]
    [InlineData("2026-11-26T00:00:00", "UTC", "2026-11-26T00:00:00", "UTC", "24 hours")]
    [InlineData("2026-11-26T00:00:00", "Atlantis", "2026-11-27T00:00:00", "Atlantis", "Atlantis")]
    public async Task AllDayEvent_WhenItsTimesAreNot_IsRefused(string start, string startZone, string end, string endZone, string says)
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        var made = new JsonObject
        {
            ["isAllDay"] = true,
            ["start"] = new JsonObject { ["dateTime"] = start, ["timeZone"] = startZone },
            ["end"] = new JsonObject { ["dateTime"] = end, ["timeZone"] = endZone },
        };

        using HttpResponseMessage refused = await scene.SendAsync(HttpMethod.Post, "/me/events", made);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(says, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(scene.Simulator.TrueEvents(scene.Calendar));
    }

    [Fact]
    public async Task AllDayEvent_WhenShownInAnotherZone_StaysOnItsDay()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        JsonObject made = GraphScene.Hour("Day", "2026-11-26T00:00:00");
        made["isAllDay"] = true;
        made["start"]!["timeZone"] = "Tokyo Standard Time";
        made["end"]!["timeZone"] = "Tokyo Standard Time";
        made["end"]!["dateTime"] = "2026-11-27T00:00:00";
        string id = scene.Simulator.PutEvent(scene.Calendar, made);

        JsonObject read = await scene.GetAsync($"/me/events/{id}", "outlook.timezone=\"America/New_York\"");

        Assert.Equal(("2026-11-26T00:00:00.0000000", "America/New_York"), ((string?)read["start"]!["dateTime"], (string?)read["start"]!["timeZone"]));
        Assert.Equal("Tokyo Standard Time", (string?)read["originalStartTimeZone"]);
    }

    [Fact]
    public async Task Preferences_WhenTaken_AreSaid()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();

        using HttpResponseMessage answer = await scene.SendAsync(
            HttpMethod.Get, "/me/events", null, "IdType=\"ImmutableId\"", "odata.maxpagesize=5", "respond-sideways");

        Assert.Equal("IdType=\"ImmutableId\", odata.maxpagesize=5", answer.Headers.GetValues("Preference-Applied").Single());
    }

    [Fact]
    public async Task Calendar_WhenItMayOnlyBeRead_RefusesWrites()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        scene.Simulator.SetCanEdit(scene.Calendar, false);

        using HttpResponseMessage refused = await scene.SendAsync(HttpMethod.Post, "/me/events", GraphScene.Hour("One", "2026-11-26T09:00:00"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False((bool)(await scene.GetAsync("/me/calendar"))["canEdit"]!);
    }

    [Fact]
    public async Task Create_WhenItsAnswerIsLost_HasHappenedOnce()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        JsonObject made = GraphScene.Hour("One", "2026-11-26T09:00:00");
        made["transactionId"] = "t-1";
        scene.Simulator.Faults.Next(RequestClasses.CreateEvent, Fault.LoseAnswer);

        await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync(HttpMethod.Post, "/me/events", made));
        using HttpResponseMessage again = await scene.SendAsync(HttpMethod.Post, "/me/events", made);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(scene.Simulator.TrueEvents(scene.Calendar));
    }

    [Theory]
    [InlineData("/me/events?$filter=bodyPreview eq 'x'")]
    [InlineData("/me/events?$search=x")]
    [InlineData("/me/calendarView")]
    [InlineData("/me/nothing")]
    public async Task Request_WhenGraphOrTheSimulatorDoesNotKnowIt_IsRefused(string url)
    {
        await using GraphScene scene = await GraphScene.OpenAsync();

        using HttpResponseMessage refused = await scene.SendAsync(HttpMethod.Get, url);

        Assert.True(refused.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, refused.StatusCode.ToString());
        Assert.NotNull((string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task Lists_WhenLong_GoOnByNextLinks()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Series", "2026-11-26T09:00:00", GraphScene.Daily("2026-11-26", 25)));
        string? url = "/me/calendarView?startDateTime=2026-11-25T00:00:00Z&endDateTime=2026-12-31T00:00:00%2B01:00&$select=subject";
        var sizes = new List<int>();
        while (url is not null)
        {
            JsonObject page = await scene.GetAsync(url);
            sizes.Add(page["value"]!.AsArray().Count);
            url = (string?)page["@odata.nextLink"];
        }

        Assert.Equal([10, 10, 5], sizes);
    }
}

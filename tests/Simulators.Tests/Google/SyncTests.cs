using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Google;

public sealed class SyncTests : IAsyncLifetime
{
    private const string Ada = "ada@example.org";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private GoogleSimulator _google = null!;
    private Caller _ada = null!;

    public async Task InitializeAsync()
    {
        _google = await GoogleSimulator.StartAsync(new() { Time = _time, SyncTokenLife = TimeSpan.FromDays(30) });
        _google.AddUser(Ada, "Ada");
        _ada = new Caller(_google, _google.IssueTokens(Ada).AccessToken);
    }

    public async Task DisposeAsync()
    {
        _ada.Dispose();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task Listing_WhenInPages_GivesTheSyncTokenOnTheLastPageOnly()
    {
        Put("One", "Two", "Three");

        JsonObject first = await _ada.AskAsync("GET", "calendars/primary/events?maxResults=2");
        JsonObject last = await _ada.AskAsync("GET", $"calendars/primary/events?maxResults=2&pageToken={first["nextPageToken"]}");

        Assert.Equal(2, first["items"]!.AsArray().Count);
        Assert.Null(first["nextSyncToken"]);
        Assert.Single(last["items"]!.AsArray());
        Assert.NotNull(last["nextSyncToken"]);
        Assert.Null(last["nextPageToken"]);
    }

    [Fact]
    public async Task SyncToken_WhenNothingChanged_ListsNothing()
    {
        Put("One");
        var (_, token) = await _ada.ListAsync(Ada);

        var (changed, next) = await _ada.ListAsync(Ada, $"?syncToken={token}");

        Assert.Empty(changed);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task SyncToken_WhenAnEventWasDeleted_ListsItsIdAndLittleElse()
    {
        string id = Put("One")[0];
        var (_, token) = await _ada.ListAsync(Ada);
        _google.DeleteEvent(Ada, id);

        var (changed, _) = await _ada.ListAsync(Ada, $"?syncToken={token}");

        JsonObject row = Assert.Single(changed);
        Assert.Equal(id, row.Id());
        Assert.Equal("cancelled", row.Text("status"));
        Assert.Equal(["etag", "id", "kind", "status"], row.Select(member => member.Key).Order());
        Assert.Empty((await _ada.ListAsync(Ada)).Items);
    }

    [Fact]
    public async Task SyncToken_WhenAChangeHappensBetweenTwoPages_BringsItNextTime()
    {
        string[] ids = Put("One", "Two", "Three");
        JsonObject first = await _ada.AskAsync("GET", "calendars/primary/events?maxResults=2");
        _google.PatchEvent(Ada, ids[0], new JsonObject { ["summary"] = "One, changed" });
        JsonObject last = await _ada.AskAsync("GET", $"calendars/primary/events?maxResults=2&pageToken={first["nextPageToken"]}");

        var (changed, _) = await _ada.ListAsync(Ada, $"?syncToken={last["nextSyncToken"]}");

        Assert.Equal("Three", (string?)Assert.Single(last["items"]!.AsArray())!["summary"]);
        Assert.Equal("One, changed", Assert.Single(changed).Text("summary"));
    }

    [Theory]
    [InlineData("timeMin=2027-01-01T00:00:00Z")]
    [InlineData("timeMax=2027-01-01T00:00:00Z")]
    [InlineData("updatedMin=2027-01-01T00:00:00Z")]
    [InlineData("iCalUID=x")]
    [InlineData("orderBy=updated")]
    [InlineData("q=x")]
    [InlineData("privateExtendedProperty=a%3Db")]
    [InlineData("sharedExtendedProperty=a%3Db")]
    [InlineData("showDeleted=false")]
    public async Task SyncToken_WhenWithAForbiddenCompanion_IsRefused(string companion)
    {
        var (_, token) = await _ada.ListAsync(Ada);

        await _ada.AskAsync("GET", $"calendars/primary/events?syncToken={token}&{companion}");

        Assert.Equal(400, _ada.Status);
    }

    [Fact]
    public async Task SyncToken_WhenInvalidated_AsksForAFullSync()
    {
        var (_, token) = await _ada.ListAsync(Ada);
        _google.InvalidateSyncTokens();

        JsonObject error = await _ada.AskAsync("GET", $"calendars/primary/events?syncToken={token}");

        Assert.Equal(410, _ada.Status);
        Assert.Equal("fullSyncRequired", Caller.Reason(error));
    }

    [Fact]
    public async Task SyncToken_WhenOld_AsksForAFullSync()
    {
        var (_, token) = await _ada.ListAsync(Ada);
        _time.Advance(TimeSpan.FromDays(31));
        using var ada = new Caller(_google, _google.IssueTokens(Ada).AccessToken);

        await ada.AskAsync("GET", $"calendars/primary/events?syncToken={token}");

        Assert.Equal(410, ada.Status);
    }

    [Fact]
    public async Task SyncToken_WhenTooManyChangesBehind_AsksForAFullSync()
    {
        await using GoogleSimulator forgetful = await GoogleSimulator.StartAsync(new() { SyncTokenChangesAtMost = 2 });
        forgetful.AddUser(Ada, "Ada");
        using var ada = new Caller(forgetful, forgetful.IssueTokens(Ada).AccessToken);
        var (_, token) = await ada.ListAsync(Ada);
        forgetful.PutEvent(Ada, Samples.Single("One"));
        forgetful.PutEvent(Ada, Samples.Single("Two"));
        Assert.Equal(2, (await ada.ListAsync(Ada, $"?syncToken={token}")).Items.Count);
        forgetful.PutEvent(Ada, Samples.Single("Three"));

        await ada.AskAsync("GET", $"calendars/primary/events?syncToken={token}");

        Assert.Equal(410, ada.Status);
    }

    [Fact]
    public async Task SyncToken_WhenTheRoleChanged_AsksForAFullSync()
    {
        _google.AddUser("bob@example.org", "Bob");
        _google.Share(Ada, "bob@example.org", AccessRole.Reader);
        using var bob = new Caller(_google, _google.IssueTokens("bob@example.org").AccessToken);
        var (_, token) = await bob.ListAsync(Ada);
        _google.Share(Ada, "bob@example.org", AccessRole.FreeBusyReader);

        await bob.AskAsync("GET", $"calendars/{Ada}/events?syncToken={token}");

        Assert.Equal(410, bob.Status);
    }

    [Fact]
    public async Task Listing_WhenOrdered_NeverGivesASyncToken() =>
        Assert.Null((await _ada.ListAsync(Ada, "?singleEvents=true&orderBy=startTime")).SyncToken);

    [Fact]
    public async Task Listing_WhenOnlyTheFirstHadATimeMin_CoversEverythingLater()
    {
        Put("One");
        var (items, token) = await _ada.ListAsync(Ada, "?timeMin=2028-01-01T00:00:00Z");
        string id = _google.ListEvents(Ada)[0].Id();
        _google.PatchEvent(Ada, id, new JsonObject { ["summary"] = "Changed" });

        var (changed, _) = await _ada.ListAsync(Ada, $"?syncToken={token}");

        Assert.Empty(items);
        Assert.Single(changed);
    }

    [Fact]
    public async Task Reads_WhenTheyLag_ShowTheChangeLaterAndLoseNothing()
    {
        var (_, token) = await _ada.ListAsync(Ada);
        _google.ReadLag = TimeSpan.FromSeconds(20);
        Put("One");

        var (early, second) = await _ada.ListAsync(Ada, $"?syncToken={token}");
        _time.Advance(TimeSpan.FromSeconds(21));
        var (late, _) = await _ada.ListAsync(Ada, $"?syncToken={second}");

        Assert.Empty(early);
        Assert.Single(late);
    }

    [Fact]
    public async Task Reads_WhenAReplicaIsBehind_GoBackwardsAndLoseNothing()
    {
        Put("One");
        _time.Advance(TimeSpan.FromMinutes(2));
        Put("Two");
        _google.Faults.OnCall(GoogleRequests.Listing, 2, Fault.OfProvider(GoogleSeams.StaleRead));

        var (fresh, _) = await _ada.ListAsync(Ada);
        var (stale, token) = await _ada.ListAsync(Ada);
        var (missed, _) = await _ada.ListAsync(Ada, $"?syncToken={token}");

        Assert.Equal(2, fresh.Count);
        Assert.Equal("One", Assert.Single(stale).Text("summary"));
        Assert.Equal("Two", Assert.Single(missed).Text("summary"));
    }

    [Fact]
    public async Task Pages_WhenTheScriptSaysSo_AreEmptyOrRepeatAnItem()
    {
        Put("One", "Two", "Three");
        _google.Faults.Next(
            GoogleRequests.Listing, Fault.None, Fault.OfProvider(GoogleSeams.EmptyPage), Fault.OfProvider(GoogleSeams.RepeatItem));

        var (items, token) = await _ada.ListAsync(Ada, "?maxResults=2");

        Assert.Equal(["One", "Two", "Two", "Three"], items.Select(item => item.Text("summary")));
        Assert.NotNull(token);
    }

    [Fact]
    public async Task CalendarList_WhenACalendarIsSharedRenamedAndTakenAway_TellsEachBySyncToken()
    {
        _google.AddUser("bob@example.org", "Bob");
        string team = _google.AddCalendar("bob@example.org", "Team");
        JsonObject all = await _ada.AskAsync("GET", "users/me/calendarList");

        _google.Share(team, Ada, AccessRole.Reader);
        JsonObject shared = await _ada.AskAsync("GET", $"users/me/calendarList?syncToken={all["nextSyncToken"]}");
        _google.RenameCalendar(team, "Crew");
        JsonObject renamed = await _ada.AskAsync("GET", $"users/me/calendarList?syncToken={shared["nextSyncToken"]}");
        _google.DeleteCalendar(team);
        JsonObject gone = await _ada.AskAsync("GET", $"users/me/calendarList?syncToken={renamed["nextSyncToken"]}");

        Assert.Equal(Ada, (string?)Assert.Single(all["items"]!.AsArray())!["id"]);
        Assert.Equal("reader", (string?)Assert.Single(shared["items"]!.AsArray())!["accessRole"]);
        Assert.Equal("Crew", (string?)Assert.Single(renamed["items"]!.AsArray())!["summary"]);
        Assert.True((bool?)Assert.Single(gone["items"]!.AsArray())!["deleted"]);
    }

    private string[] Put(params string[] summaries) => [.. summaries.Select(summary => _google.PutEvent(Ada, Samples.Single(summary)).Id())];
}

using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Google;

public sealed class WritingTests : IAsyncLifetime
{
    private const string Ada = "ada@example.org";
    private const string Events = "calendars/primary/events";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private GoogleSimulator _google = null!;
    private Caller _ada = null!;

    public async Task InitializeAsync()
    {
        _google = await GoogleSimulator.StartAsync(new() { Time = _time });
        _google.AddUser(Ada, "Ada");
        _ada = new Caller(_google, _google.IssueTokens(Ada).AccessToken);
    }

    public async Task DisposeAsync()
    {
        _ada.Dispose();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task Insert_WhenTheIdWasUsedEvenByADeletedEvent_IsADuplicate()
    {
        JsonObject body = Samples.Single("One");
        body["id"] = "abcde01234";
        await _ada.AskAsync("POST", Events, body);
        JsonObject twice = await _ada.AskAsync("POST", Events, body);
        Assert.Equal((409, "duplicate"), (_ada.Status, Caller.Reason(twice)));

        await _ada.AskAsync("DELETE", $"{Events}/abcde01234");
        Assert.Equal(204, _ada.Status);
        await _ada.AskAsync("POST", Events, body);

        Assert.Equal(409, _ada.Status);
    }

    [Theory]
    [InlineData("abcd")]
    [InlineData("abcdw")]
    [InlineData("ABCDE")]
    [InlineData("abc_de")]
    public async Task Insert_WhenTheIdIsNotBase32Hex_IsRefused(string id)
    {
        JsonObject body = Samples.Single("One");
        body["id"] = id;

        await _ada.AskAsync("POST", Events, body);

        Assert.Equal(400, _ada.Status);
    }

    [Fact]
    public async Task Insert_WhenASeriesHasNoZone_IsRefused()
    {
        JsonObject body = Samples.Series("Weekly");
        body["start"] = new JsonObject { ["dateTime"] = "2027-03-11T14:00:00Z" };
        body["end"] = new JsonObject { ["dateTime"] = "2027-03-11T15:00:00Z" };

        JsonObject error = await _ada.AskAsync("POST", Events, body);

        Assert.Equal((400, "required"), (_ada.Status, Caller.Reason(error)));
    }

    [Fact]
    public async Task Insert_WhenTheEndIsBeforeTheStart_IsRefused()
    {
        JsonObject error = await _ada.AskAsync("POST", Events, Samples.Single("One", "2027-03-11T14:00:00", "2027-03-11T13:00:00"));

        Assert.Equal((400, "timeRangeEmpty"), (_ada.Status, Caller.Reason(error)));
    }

    [Fact]
    public async Task Patch_WhenItSendsSomeMembers_LeavesTheOthersAndChangesTheEtag()
    {
        JsonObject body = Samples.Single("One");
        body["description"] = "Kept";
        body["location"] = "Removed";
        JsonObject before = await _ada.AskAsync("POST", Events, body);

        JsonObject after = await _ada.AskAsync(
            "PATCH", $"{Events}/{before.Id()}", new JsonObject { ["summary"] = "Two", ["location"] = null });

        Assert.Equal(("Two", "Kept", null), (after.Text("summary"), after.Text("description"), after.Text("location")));
        Assert.NotEqual(before.Text("etag"), after.Text("etag"));
        Assert.Equal(before.Text("iCalUID"), after.Text("iCalUID"));
    }

    [Fact]
    public async Task Patch_WhenItTurnsTimesIntoDaysWithoutClearingThem_IsRefused()
    {
        string id = (await _ada.AskAsync("POST", Events, Samples.Single("One"))).Id();
        var days = new JsonObject
        {
            ["start"] = new JsonObject { ["date"] = "2027-03-11" },
            ["end"] = new JsonObject { ["date"] = "2027-03-12" },
        };
        await _ada.AskAsync("PATCH", $"{Events}/{id}", days);
        Assert.Equal(400, _ada.Status);

        days["start"]!["dateTime"] = null;
        days["end"]!["dateTime"] = null;
        JsonObject after = await _ada.AskAsync("PATCH", $"{Events}/{id}", days);

        Assert.Equal("2027-03-11", (string?)after["start"]!["date"]);
    }

    [Fact]
    public async Task Write_WhenTheEtagIsNotCurrent_IsRefusedAndChangesNothing()
    {
        JsonObject before = await _ada.AskAsync("POST", Events, Samples.Single("One"));
        string path = $"{Events}/{before.Id()}", etag = before.Text("etag")!;
        await _ada.AskAsync("PATCH", path, new JsonObject { ["summary"] = "Two" }, etag);
        Assert.Equal(200, _ada.Status);

        await _ada.AskAsync("PATCH", path, new JsonObject { ["summary"] = "Three" }, etag);
        Assert.Equal(412, _ada.Status);
        await _ada.AskAsync("DELETE", path, ifMatch: etag);

        Assert.Equal(412, _ada.Status);
        Assert.Equal("Two", Assert.Single(_google.ListEvents(Ada)).Text("summary"));
    }

    [Fact]
    public async Task Update_WhenItLeavesMembersOut_RemovesThem()
    {
        JsonObject body = Samples.Single("One");
        body["description"] = "Gone";
        string id = (await _ada.AskAsync("POST", Events, body)).Id();

        JsonObject after = await _ada.AskAsync("PUT", $"{Events}/{id}", Samples.Single("Two"));

        Assert.Null(after["description"]);
        Assert.Equal(id, after.Id());
    }

    [Fact]
    public async Task Instance_WhenChangedByItsId_BecomesAnExceptionThatKeepsItsOriginalStart()
    {
        string id = (await _ada.AskAsync("POST", Events, Samples.Series("Weekly"))).Id();

        JsonObject moved = await _ada.AskAsync(
            "PATCH", $"{Events}/{id}_20270318T130000Z", Samples.Single("Moved", "2027-03-19T09:00:00", "2027-03-19T10:00:00"));

        Assert.Equal(id, moved.Text("recurringEventId"));
        Assert.Equal("2027-03-18T14:00:00+01:00", (string?)moved["originalStartTime"]!["dateTime"]);
        Assert.Null(moved["recurrence"]);
        Assert.Equal(2, _google.ListEvents(Ada).Count);
    }

    [Fact]
    public async Task Instance_WhenTheSeriesHasNone_IsNotFound()
    {
        string id = (await _ada.AskAsync("POST", Events, Samples.Series("Weekly"))).Id();

        await _ada.AskAsync("GET", $"{Events}/{id}_20270319T130000Z");

        Assert.Equal(404, _ada.Status);
    }

    [Fact]
    public async Task Instances_WhenAskedForAnOriginalStart_AreTheOneEvenWhenItWasMoved()
    {
        string id = (await _ada.AskAsync("POST", Events, Samples.Series("Weekly"))).Id();
        _google.PatchEvent(Ada, $"{id}_20270318T130000Z", Samples.Single("Moved", "2027-03-19T09:00:00", "2027-03-19T10:00:00"));

        JsonObject answer = await _ada.AskAsync("GET", $"{Events}/{id}/instances?originalStart=2027-03-18T13:00:00Z");

        Assert.Equal("Moved", (string?)Assert.Single(answer["items"]!.AsArray())!["summary"]);
    }

    [Fact]
    public async Task Instance_WhenDeleted_IsListedAsCancelledAsLongAsTheSeriesLives()
    {
        string id = (await _ada.AskAsync("POST", Events, Samples.Series("Weekly"))).Id();
        await _ada.AskAsync("DELETE", $"{Events}/{id}_20270318T130000Z");

        var (items, _) = await _ada.ListAsync(Ada, "?showDeleted=false");
        var (instances, _) = await _ada.ListAsync(Ada, "?singleEvents=true");

        Assert.Equal("cancelled", items.Single(item => item.Text("recurringEventId") == id).Text("status"));
        Assert.Equal(3, instances.Count);

        await _ada.AskAsync("DELETE", $"{Events}/{id}");
        Assert.Empty((await _ada.ListAsync(Ada)).Items);
    }

    [Fact]
    public async Task Series_WhenItsTimeChanges_LosesExceptionsWithoutAnInstance()
    {
        string id = (await _ada.AskAsync("POST", Events, Samples.Series("Weekly"))).Id();
        await _ada.AskAsync("DELETE", $"{Events}/{id}_20270318T130000Z");

        await _ada.AskAsync("PATCH", $"{Events}/{id}", Samples.Single("Weekly", "2027-03-11T16:00:00", "2027-03-11T17:00:00"));

        Assert.Single(_google.ListEvents(Ada));
    }

    [Fact]
    public async Task Delete_WhenRepeated_SaysThatItIsDone()
    {
        string id = (await _ada.AskAsync("POST", Events, Samples.Single("One"))).Id();
        await _ada.AskAsync("DELETE", $"{Events}/{id}");
        JsonObject kept = await _ada.AskAsync("GET", $"{Events}/{id}");
        Assert.Equal("cancelled", kept.Text("status"));

        JsonObject error = await _ada.AskAsync("DELETE", $"{Events}/{id}");

        Assert.Equal((410, "deleted"), (_ada.Status, Caller.Reason(error)));
    }

    [Fact]
    public async Task Attachments_WithoutTheirParameter_AreLeftAlone()
    {
        JsonArray files = [new JsonObject { ["fileUrl"] = "https://files.example/a.pdf", ["title"] = "a.pdf", ["mimeType"] = "application/pdf" }];
        JsonObject body = Samples.Single("Files");
        body["attachments"] = files.DeepClone();
        JsonObject ignored = await _ada.AskAsync("POST", Events, body);
        JsonObject made = await _ada.AskAsync("POST", $"{Events}?supportsAttachments=true", body);
        JsonObject silent = Samples.Single("Other");
        JsonObject kept = await _ada.AskAsync("PUT", $"{Events}/{made.Id()}", silent);
        JsonObject patched = await _ada.AskAsync("PATCH", $"{Events}/{made.Id()}", new JsonObject { ["attachments"] = new JsonArray() });
        JsonObject cleared = await _ada.AskAsync("PUT", $"{Events}/{made.Id()}?supportsAttachments=true", silent);

        Assert.Null(ignored["attachments"]);
        Assert.True(JsonNode.DeepEquals(files, made["attachments"]));
        Assert.True(JsonNode.DeepEquals(files, kept["attachments"]));
        Assert.True(JsonNode.DeepEquals(files, patched["attachments"]));
        Assert.Null(cleared["attachments"]);
    }

    [Fact]
    public async Task Attachments_ThatAreNoneOrTooMany_AreRefused()
    {
        foreach (JsonArray files in new JsonArray[]
        {
            [new JsonObject { ["title"] = "a.pdf" }],
            [new JsonObject { ["fileUrl"] = "a.pdf" }],
            [.. Enumerable.Range(0, 26).Select(i => (JsonNode)new JsonObject { ["fileUrl"] = $"https://files.example/{i}" })],
        })
        {
            JsonObject body = Samples.Single("Files");
            body["attachments"] = files;
            await _ada.AskAsync("POST", $"{Events}?supportsAttachments=true", body);
            Assert.Equal(400, _ada.Status);
        }
    }

    [Fact]
    public async Task Conference_WhenAskedFor_IsPendingAndThenReady()
    {
        JsonObject body = Samples.Single("Call");
        body["conferenceData"] = new JsonObject { ["createRequest"] = new JsonObject { ["requestId"] = "once" } };
        JsonObject ignored = await _ada.AskAsync("POST", Events, body);
        JsonObject pending = await _ada.AskAsync("POST", $"{Events}?conferenceDataVersion=1", body);
        _time.Advance(TimeSpan.FromSeconds(2));

        JsonObject ready = await _ada.AskAsync("GET", $"{Events}/{pending.Id()}");

        Assert.Null(ignored["conferenceData"]);
        Assert.Equal("pending", (string?)pending["conferenceData"]!["createRequest"]!["status"]!["statusCode"]);
        Assert.Equal("success", (string?)ready["conferenceData"]!["createRequest"]!["status"]!["statusCode"]);
        Assert.StartsWith("https://meet.google.com/", ready.Text("hangoutLink"), StringComparison.Ordinal);
        Assert.NotEqual(pending.Text("etag"), ready.Text("etag"));
    }

    [Fact]
    public async Task EventType_WhenChanged_IsRefused()
    {
        string id = (await _ada.AskAsync("POST", Events, Samples.Single("One"))).Id();

        await _ada.AskAsync("PATCH", $"{Events}/{id}", new JsonObject { ["eventType"] = "focusTime" });

        Assert.Equal(400, _ada.Status);
    }

    [Fact]
    public async Task Mails_WhenAWriteSaysWhetherToSendThem_AreNoted()
    {
        JsonObject one = await _ada.AskAsync("POST", $"{Events}?sendUpdates=all", Samples.Single("One"));

        Assert.Equal(new SentUpdate(Ada, one.Id(), "POST", "all"), Assert.Single(_google.SentUpdates));
    }
}

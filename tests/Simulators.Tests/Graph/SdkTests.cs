using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>Microsoft's own client against the simulator.</summary>
public sealed class SdkTests
{
    [Fact]
    public async Task Event_WhenWrittenAndReadBack_IsTheSame()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        var wanted = new Event
        {
            Subject = "Review",
            Start = new() { DateTime = "2026-11-26T10:00:00", TimeZone = "W. Europe Standard Time" },
            End = new() { DateTime = "2026-11-26T11:00:00", TimeZone = "W. Europe Standard Time" },
            Body = new() { ContentType = BodyType.Text, Content = "Bring the numbers." },
            Location = new() { DisplayName = "Room 1" },
            ShowAs = FreeBusyStatus.Tentative,
            Sensitivity = Sensitivity.Private,
            Categories = ["Blue"],
            IsReminderOn = true,
            ReminderMinutesBeforeStart = 5,
            IsOnlineMeeting = true,
            OnlineMeetingProvider = OnlineMeetingProviderType.TeamsForBusiness,
            Attendees = [new() { EmailAddress = new() { Address = "bob@example.test" }, Type = AttendeeType.Optional }],
            SingleValueExtendedProperties = [new() { Id = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name key", Value = "it's ours" }],
            TransactionId = "t-1",
        };

        Event created = (await scene.Client.Me.Calendars[scene.Calendar].Events.PostAsync(wanted))!;
        Event read = (await scene.Client.Me.Events[created.Id].GetAsync(request =>
            request.QueryParameters.Expand = ["singleValueExtendedProperties($filter=id eq 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name key')"]))!;

        Assert.Equal("Review", read.Subject);
        Assert.Equal(("2026-11-26T09:00:00.0000000", "UTC"), (read.Start!.DateTime, read.Start.TimeZone));
        Assert.Equal("W. Europe Standard Time", read.OriginalStartTimeZone);
        Assert.Equal((FreeBusyStatus.Tentative, Sensitivity.Private), (read.ShowAs!.Value, read.Sensitivity!.Value));
        Assert.Equal("Bring the numbers.", read.Body!.Content);
        Assert.Equal("Room 1", read.Location!.DisplayName);
        Assert.Equal(["Blue"], read.Categories!);
        Assert.Equal(5, read.ReminderMinutesBeforeStart);
        Assert.StartsWith("https://teams.microsoft.com/", read.OnlineMeeting!.JoinUrl, StringComparison.Ordinal);
        Assert.Equal(ResponseType.None, read.Attendees!.Single().Status!.Response);
        Assert.Equal("it's ours", read.SingleValueExtendedProperties!.Single().Value);
        Assert.Equal(EventType.SingleInstance, read.Type);
        Assert.Equal("ada@example.test", read.Organizer!.EmailAddress!.Address);
    }

    [Fact]
    public async Task Batch_WhenItsPartsFareDifferently_AnswersEachByItself()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        Event created = (await scene.Client.Me.Events.PostAsync(new()
        {
            Subject = "There",
            Start = new() { DateTime = "2026-11-26T10:00:00", TimeZone = "UTC" },
            End = new() { DateTime = "2026-11-26T11:00:00", TimeZone = "UTC" },
        }))!;
        var batch = new BatchRequestContentCollection(scene.Client);
        string there = await batch.AddBatchRequestStepAsync(scene.Client.Me.Events[created.Id].ToGetRequestInformation());
        string missing = await batch.AddBatchRequestStepAsync(scene.Client.Me.Events["AAMkAmissing"].ToGetRequestInformation());

        BatchResponseContentCollection answers = await scene.Client.Batch.PostAsync(batch);
        Dictionary<string, System.Net.HttpStatusCode> statuses = await answers.GetResponsesStatusCodesAsync();

        Assert.Equal("There", (await answers.GetResponseByIdAsync<Event>(there)).Subject);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, statuses[missing]);
    }

    [Fact]
    public async Task Events_WhenFilteredByOurProperty_HoldOnlyOurs()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        const string Key = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name key";
        foreach (string value in new[] { "a", "it's" })
        {
            await scene.Client.Me.Events.PostAsync(new()
            {
                Subject = value,
                Start = new() { DateTime = "2026-11-26T10:00:00", TimeZone = "UTC" },
                End = new() { DateTime = "2026-11-26T11:00:00", TimeZone = "UTC" },
                SingleValueExtendedProperties = [new() { Id = Key, Value = value }],
            });
        }

        var found = (await scene.Client.Me.Events.GetAsync(request =>
            request.QueryParameters.Filter = $"singleValueExtendedProperties/Any(ep: ep/id eq '{Key}' and ep/value eq 'it''s')"))!.Value!;
        string uid = found.Single().ICalUId!;
        var byUid = (await scene.Client.Me.Events.GetAsync(request => request.QueryParameters.Filter = $"iCalUId eq '{uid}'"))!.Value!;

        Assert.Equal("it's", found.Single().Subject);
        Assert.Equal(found.Single().Id, byUid.Single().Id);
    }

    [Fact]
    public async Task Create_WhenRepeatedWithItsTransaction_MakesOneEvent()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        Event Wanted() => new()
        {
            Subject = "Once",
            TransactionId = "t-1",
            Start = new() { DateTime = "2026-11-26T10:00:00", TimeZone = "UTC" },
            End = new() { DateTime = "2026-11-26T11:00:00", TimeZone = "UTC" },
        };

        Event first = (await scene.Client.Me.Events.PostAsync(Wanted()))!;
        Event second = (await scene.Client.Me.Events.PostAsync(Wanted()))!;

        Assert.Equal(first.Id, second.Id);
        Assert.Single(scene.Simulator.TrueEvents(scene.Calendar));
    }

    [Fact]
    public async Task Delta_WhenFollowedByTheClient_TellsChangesAndRemovals()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string kept = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Kept", "2026-11-26T10:00:00"));
        string gone = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Gone", "2026-11-27T10:00:00"));

        var first = (await scene.Client.Me.Calendars[scene.Calendar].CalendarView.Delta.GetAsDeltaGetResponseAsync(request =>
        {
            request.QueryParameters.StartDateTime = "2026-11-25T00:00:00Z";
            request.QueryParameters.EndDateTime = "2026-12-25T00:00:00Z";
            request.Headers.Add("Prefer", "IdType=\"ImmutableId\"");
        }))!;
        scene.Simulator.PatchEvent(scene.Calendar, kept, new() { ["subject"] = "Renamed" });
        scene.Simulator.DeleteEvent(scene.Calendar, gone);
        var second = (await scene.Client.Me.Calendars[scene.Calendar].CalendarView.Delta
            .WithUrl(first.OdataDeltaLink!).GetAsDeltaGetResponseAsync(request => request.Headers.Add("Prefer", "IdType=\"ImmutableId\"")))!;

        Assert.Equal(["Kept", "Gone"], first.Value!.Select(static one => one.Subject));
        Assert.Equal("Renamed", second.Value!.Single(one => one.Id == kept).Subject);
        Assert.True(second.Value!.Single(one => one.Id == gone).AdditionalData.ContainsKey("@removed"));
    }

    [Fact]
    public async Task Calendars_WhenCreatedRenamedAndDeleted_AreListedSo()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();

        Calendar made = (await scene.Client.Me.Calendars.PostAsync(new() { Name = "Team" }))!;
        await scene.Client.Me.Calendars[made.Id].PatchAsync(new() { Name = "Crew" });
        var listed = (await scene.Client.Me.Calendars.GetAsync())!.Value!;
        await scene.Client.Me.Calendars[made.Id].DeleteAsync();

        Assert.Equal(["Calendar", "Crew"], listed.Select(static one => one.Name));
        Assert.Single(scene.Simulator.CalendarsOf(scene.Ada));
        Assert.Equal("Ada", (await scene.Client.Me.GetAsync())!.DisplayName);
    }

    [Fact]
    public async Task Request_WhenTheTokenExpired_Is401WithGraphsCode()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        scene.Clock.Advance(TimeSpan.FromHours(1));

        var refused = await Assert.ThrowsAsync<ODataError>(() => scene.Client.Me.Calendars.GetAsync());

        Assert.Equal((401, "InvalidAuthenticationToken"), (refused.ResponseStatusCode, refused.Error!.Code));
    }

    [Fact]
    public async Task Update_WhenTheEtagIsOld_Is412()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string id = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("One", "2026-11-26T10:00:00"));
        Event read = (await scene.Client.Me.Events[id].GetAsync())!;
        scene.Simulator.PatchEvent(scene.Calendar, id, new() { ["subject"] = "Two" });

        var refused = await Assert.ThrowsAsync<ODataError>(() => scene.Client.Me.Events[id].PatchAsync(
            new() { Subject = "Three" }, request => request.Headers.Add("If-Match", (string)read.AdditionalData["@odata.etag"])));

        Assert.Equal((412, "ErrorIrresolvableConflict"), (refused.ResponseStatusCode, refused.Error!.Code));
        Assert.Equal("Two", (string?)scene.Simulator.TrueEvents(scene.Calendar).Single()["subject"]);
    }
}

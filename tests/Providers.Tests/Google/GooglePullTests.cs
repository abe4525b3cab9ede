using CalendarActors.Domain.Providers;
using CalendarActors.TestKit;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>What pulls ask, and what they make of odd answers.</summary>
public sealed class GooglePullTests : GoogleScene
{
    private const string List = "GET /calendar/v3/calendars/cal@x/events";
    private const string Time11 = """{"dateTime":"2027-03-11T14:00:00+01:00","timeZone":"Europe/Berlin"}""";

    private static string Single(string id, string summary = "One") =>
        $$"""{"id":"{{id}}","etag":"\"{{summary}}\"","iCalUID":"{{id}}@x","status":"confirmed","summary":"{{summary}}","start":{{Time11}},"end":{{Time11}} }""";

    private static string Master(string id, string updated, string summary = "Weekly") => Single(id, summary)[..^1]
        + $$""","updated":"{{updated}}","recurrence":["RRULE:FREQ=WEEKLY;COUNT=10"]}""";

    private static string Exception(string series, int day, string updated, string fields = """ "status":"confirmed","summary":"Moved" """) =>
        $$"""
        {"id":"{{series}}_202703{{day}}T130000Z","etag":"\"{{updated}}\"","recurringEventId":"{{series}}","updated":"{{updated}}",
        "originalStartTime":{"dateTime":"2027-03-{{day}}T14:00:00+01:00","timeZone":"Europe/Berlin"},
        "start":{"dateTime":"2027-03-{{day}}T16:00:00+01:00","timeZone":"Europe/Berlin"},"end":{"dateTime":"2027-03-{{day}}T17:00:00+01:00","timeZone":"Europe/Berlin"},{{fields}}}
        """;

    private static IResult Page(string? next, string? sync, params string[] rows) => Json(
        $$"""{"kind":"calendar#events","timeZone":"Europe/Berlin"{{Member("nextPageToken", next)}}{{Member("nextSyncToken", sync)}},"items":[{{string.Join(',', rows)}}]}""");

    private static string Member(string name, string? value) => value is null ? "" : $",\"{name}\":\"{value}\"";

    [Fact]
    public async Task Pull_WhenItIsTheFirst_ReadsAllPagesUnexpanded()
    {
        Answer((request, query) => request != List ? null
            : query["pageToken"] == "p/2" ? Page(null, "sync~1", Single("b", "Newer"), Master("s", "2027-01-01T00:00:00Z"))
            : Page("p/2", null, Single("a"), Single("b", "Older"), Exception("s", 25, "2027-01-01T00:00:00Z"), """{"id":"gone","status":"cancelled"}"""));

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From("cal@x", null), None));

        Assert.Equal(["a", "b", "s"], pulled.Upserted.Select(i => i.Id).Order(StringComparer.Ordinal));
        Assert.Equal("Newer", pulled.Upserted.Single(i => i.Id == "b").Object.Master!.Content.Summary);
        Assert.Single(pulled.Upserted.Single(i => i.Id == "s").Object.Overrides);
        Assert.Equal((true, "g1~sync~1", "Europe/Berlin"), (pulled.IsComplete, pulled.Next, pulled.ZoneId));
        Assert.True(pulled.Removed.IsEmpty && pulled.Unreadable.IsEmpty);
        Assert.Equal(2, Asked.Count);
        Assert.All(Asked, a => Assert.Matches(@"\?(.*&)?singleEvents=false(&|$)", a));
        Assert.All(Asked, a => Assert.Matches(@"maxResults=2500(&|$)", a));
        Assert.DoesNotContain("showDeleted", Asked[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_WhenASingleEventChanged_NeedsOneRequest()
    {
        Answer((request, _) => request == List ? Page(null, "2", Single("a", "New"), """{"id":"b","status":"cancelled"}""") : null);

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From("cal@x", "g1~tok/1"), None));

        Assert.Equal(("a", "New"), (Assert.Single(pulled.Upserted).Id, pulled.Upserted[0].Object.Master!.Content.Summary));
        Assert.Equal(["b"], pulled.Removed.AsEnumerable());
        Assert.Equal((false, "g1~2"), (pulled.IsComplete, pulled.Next));
        Assert.Contains("syncToken=tok%2F1", Assert.Single(Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_WhenAnExceptionChanged_ReadsTheSeriesAndLaysTheChangeOverIt()
    {
        // The list lags: it lacks one change and has an older form of the other, and a newer one than the feed of a third.
        Answer((request, query) => request != List ? null
            : query["iCalUID"] == "s@x" ? Page(
                null, null, Master("s", "2027-01-01T00:00:00Z"), Single("other"),
                Exception("s", 25, "2027-01-01T00:00:00Z"),
                Exception("s", 26, "2027-01-09T00:00:00Z", """ "status":"confirmed","summary":"Newest" """))
            : Page(
                null, "2",
                Exception("s", 18, "2027-01-05T00:00:00Z", """ "iCalUID":"s@x","status":"cancelled" """),
                Exception("s", 25, "2027-01-05T00:00:00Z", """ "summary":"Again" """),
                Exception("s", 26, "2027-01-05T00:00:00Z"),
                Master("s", "2027-01-04T00:00:00Z", "Renamed")));

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From("cal@x", "g1~1"), None));

        ProviderItem item = Assert.Single(pulled.Upserted);
        Assert.Equal("Renamed", item.Object.Master!.Content.Summary);
        Assert.Equal(["Again", "Newest"], item.Object.Overrides.Select(o => o.Definition.Content.Summary));
        Assert.Single(item.Object.Excluded);
        Assert.Contains("showDeleted=true", Asked[1], StringComparison.Ordinal);
        Assert.DoesNotContain("syncToken", Asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_WhenOnlyAnOccurrenceWasTakenOut_FindsTheSeriesByItsMaster()
    {
        Answer((request, query) => request switch
        {
            List when query["iCalUID"] == "s@x" => Page(null, null, Master("s", "2027-01-01T00:00:00Z")),
            List => Page(null, "2", """{"id":"s_20270318T130000Z","recurringEventId":"s","status":"cancelled"}"""),
            $"{List}/s" => Json(Master("s", "2027-01-01T00:00:00Z")),
            _ => null,
        });

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From("cal@x", "g1~1"), None));

        Assert.Single(Assert.Single(pulled.Upserted).Object.Excluded);
        Assert.Equal(3, Asked.Count);
    }

    [Fact]
    public async Task Pull_WhenTheMasterIsNotOurs_HasTheInvitedOccurrencesAlone()
    {
        Answer((request, query) => request != List ? null
            : query["iCalUID"] == "s@x" ? Page(null, null, Exception("s", 25, "2027-01-01T00:00:00Z"))
            : Page(null, "2", Exception("s", 26, "2027-01-05T00:00:00Z", """ "iCalUID":"s@x","summary":"Two" """)));

        ProviderItem item = Assert.Single(Value(await Provider.PullAsync(Access, PullRequest.From("cal@x", "g1~1"), None)).Upserted);

        Assert.Equal(("s", "s@x"), (item.Id, item.Object.Uid));
        Assert.Null(item.Object.Master);
        Assert.Equal(2, item.Object.Overrides.Length);
    }

    [Fact]
    public async Task Pull_WhenASeriesWasDeleted_RemovesItWithoutAskingMore()
    {
        Answer((request, _) => request == List
            ? Page(null, "2", Exception("s", 18, "2027-01-05T00:00:00Z", """ "iCalUID":"s@x" """), """{"id":"s","status":"cancelled"}""")
            : null);

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From("cal@x", "g1~1"), None));

        Assert.Equal(["s"], pulled.Removed.AsEnumerable());
        Assert.Empty(pulled.Upserted);
        Assert.Single(Asked);
    }

    [Fact]
    public async Task Pull_WhenVeryManySeriesChanged_ReadsEverythingAtOnce()
    {
        string[] masters = [.. Enumerable.Range(0, 101).Select(i => Master($"s{i}", "2027-01-01T00:00:00Z"))];
        Answer((request, query) => request == List ? Page(null, query.ContainsKey("syncToken") ? "2" : "3", masters) : null);

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From("cal@x", "g1~1"), None));

        Assert.Equal((101, true, "g1~3", 2), (pulled.Upserted.Length, pulled.IsComplete, pulled.Next, Asked.Count));
    }

    [Theory]
    [InlineData(410, false, ProviderFaultKind.ResyncRequired)]
    [InlineData(410, true, ProviderFaultKind.ResyncRequired)]
    [InlineData(400, false, ProviderFaultKind.ResyncRequired)]
    [InlineData(400, true, ProviderFaultKind.Transient)]
    [InlineData(401, true, ProviderFaultKind.AuthDead)]
    [InlineData(404, false, ProviderFaultKind.NotFound)]
    [InlineData(429, true, ProviderFaultKind.Throttled)]
    [InlineData(503, true, ProviderFaultKind.Transient)]
    public async Task Pull_WhenAPageIsRefused_FailsAsAWhole(int status, bool isSecondPage, ProviderFaultKind expected)
    {
        Answer((_, query) => isSecondPage && !query.ContainsKey("pageToken") ? Page("2", null, Single("a")) : Error(status, "some"));

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, PullRequest.From("cal@x", "g1~1"), None);

        Assert.Equal(expected, result.Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenRowsAreOdd_NamesThemAndReadsTheOthers()
    {
        Answer((request, _) => request == List
            ? Page(null, "2", Single("a"), """{"id":"bad","start":5,"attendees":"none"}""", """{"summary":"nameless"}""", "null", """{"id":"deep","reminders":[[[]]]}""")
            : null);

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From("cal@x", null), None));

        Assert.Equal("a", Assert.Single(pulled.Upserted).Id);
        Assert.Equal(["(an event without an id)", "bad", "deep"], pulled.Unreadable.Order(StringComparer.Ordinal));
        Assert.Empty(pulled.Removed);
    }

    [Theory]
    [InlineData("""{"items":[],"nextSyncToken":"1","items":[{"id":"a","sta""")]
    [InlineData("""{"nextSyncToken":"1","items":7}""")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"items":[],"nextPageToken":"same"}""")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("<html>log in</html>")]
    public async Task Pull_WhenTheAnswerIsNoList_IsNotTakenForAnEmptyCalendar(string body)
    {
        Answer((_, _) => Json(body));

        Assert.Equal(ProviderFaultKind.Transient, (await Provider.PullAsync(Access, PullRequest.From("cal@x", null), None)).Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenTheCalendarsIdHasOddSigns_NamesItWhole()
    {
        Answer((request, _) => request == "GET /calendar/v3/calendars/de.german#holiday ü?%2Fx@group.v.calendar.google.com/events" ? Page(null, "1") : null);

        Value(await Provider.PullAsync(Access, PullRequest.From("de.german#holiday ü?/x@group.v.calendar.google.com", null), None));

        Assert.Equal("Bearer ya29.secret", Server.Requests.Last().Authorization);
    }

    [Fact]
    public async Task Pull_WhenNoAnswerComes_GivesUpInTime()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Handle(async context =>
        {
            arrived.SetResult();
            await Hanging.UntilGivenUpAsync(context);
        });

        Task<ProviderResult<PullChanges>> pull = Provider.PullAsync(Access, PullRequest.From("cal@x", null), None);
        await arrived.Task;
        Time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(pull.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ProviderFaultKind.Transient, (await pull).Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenTheAnswerHasNoEnd_StopsReading()
    {
        byte[] blanks = new byte[1024 * 1024];
        Array.Fill(blanks, (byte)' ');
        Server.Handle(async context =>
        {
            for (int sent = 0; sent < 100 && !context.RequestAborted.IsCancellationRequested; sent++)
            {
                await context.Response.Body.WriteAsync(blanks, context.RequestAborted);
            }
        });

        ProviderFault? fault = (await Provider.PullAsync(Access, PullRequest.From("cal@x", null), None)).Fault;

        Assert.Equal(ProviderFaultKind.Transient, fault?.Kind);
        Assert.Contains("longer than", fault!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("schlüssel")]
    public async Task Call_WhenTheTokenIsNone_IsRefusedWithoutAsking(string token)
    {
        ProviderAccess access = Access with { Secret = token };

        Assert.Equal(ProviderFaultKind.AuthDead, (await Provider.ConnectAsync(access, None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.AuthDead, (await Provider.PullAsync(access, PullRequest.From("cal@x", null), None)).Fault?.Kind);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Pull_WhenSentElsewhere_DoesNotFollowWithTheToken()
    {
        Answer((request, _) => request == List ? Results.Redirect("/elsewhere") : Page(null, "1"));

        Assert.Equal(ProviderFaultKind.Transient, (await Provider.PullAsync(Access, PullRequest.From("cal@x", null), None)).Fault?.Kind);
        Assert.Single(Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_WhenTheConnectionBreaks_IsNotRepeatedInside(bool isBeforeTheAnswer)
    {
        Server.Handle(async context =>
        {
            Asked.Add(context.Request.Method);
            if (!isBeforeTheAnswer)
            {
                context.Response.ContentLength = 1_000;
                await context.Response.WriteAsync("{\"items\":[");
                await context.Response.Body.FlushAsync();
            }

            context.Abort();
        });

        Assert.Equal(ProviderFaultKind.Transient, (await Provider.PullAsync(Access, PullRequest.From("cal@x", null), None)).Fault?.Kind);
        Assert.Single(Asked);
    }

    [Fact]
    public async Task Reconcile_WhenCopiesDiffer_HasTheDifferencesOnly()
    {
        Answer((request, _) => request == List ? Page(null, "9", Single("same"), Single("stale", "New"), Single("missed"), """{"id":"bad"}""") : null);
        Dictionary<string, KnownVersion> known = new()
        {
            ["same"] = new("\"One\"", false),
            ["stale"] = new("\"Old\"", false),
            ["ghost"] = new("\"1\"", true),
            ["bad"] = new("\"1\"", false),
        };

        PullChanges changes = Value(await Provider.ReconcileAsync(Access, PullRequest.Knowing("cal@x", "g1~1", known), None));

        Assert.Equal(["missed", "stale"], changes.Upserted.Select(i => i.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["ghost"], changes.Removed.AsEnumerable());
        Assert.Equal(["bad"], changes.Unreadable.AsEnumerable());
        Assert.Equal((false, "g1~9"), (changes.IsComplete, changes.Next));
        Assert.DoesNotContain("syncToken", Assert.Single(Asked), StringComparison.Ordinal);
    }
}

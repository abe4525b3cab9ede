using CalendarActors.Domain.Providers;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json.Linq;
using NodaTime;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>What writes and watches ask, and what they make of odd answers.</summary>
public sealed class GoogleWriteTests : GoogleScene
{
    private const string Events = "/calendar/v3/calendars/cal@x/events";

    private static readonly WatchRequest Watch = new(
        "channel-1", "channel-secret", new Uri("https://us.example/hooks/google"), new Uri("https://us.example/x"), Instant.FromUtc(2026, 12, 2, 0, 0));

    private static ProviderWrite Ours(string summary = "Ours") => new("abc123", null, null, Timed(summary));

    private static string Event(string id, string summary, string more = "") =>
        $$"""
        {"id":"{{id}}","etag":"\"{{summary}}\"","status":"confirmed","summary":"{{summary}}","transparency":"opaque",
        "start":{"dateTime":"2027-04-14T09:30:00+02:00","timeZone":"Europe/Berlin"},"end":{"dateTime":"2027-04-14T10:15:00+02:00","timeZone":"Europe/Berlin"}{{more}}}
        """;

    [Fact]
    public async Task Write_WhenTheEventIsNew_CreatesItUnderItsOwnIdAndTellsNobody()
    {
        Answer((request, _) => request == $"POST {Events}" ? Json(Event("abc123", "Ours")) : null);

        ProviderItem item = Value(await Provider.WriteAsync(Access, "cal@x", Ours(), None));

        Assert.Equal(("abc123", "\"Ours\""), (item.Id, item.Version));
        Assert.Equal("abc123", (string?)JObject.Parse(Server.Requests.Last().Body)["id"]);
        Assert.Contains("sendUpdates=none", Asked.Last(), StringComparison.Ordinal);
        Assert.Empty(Preconditions);
    }

    [Fact]
    public async Task Write_WhenTheIdIsTakenByTheSameEvent_WritesNothingMore()
    {
        bool isThere = false;
        Answer((request, _) =>
        {
            bool was = isThere;
            isThere = true;
            return request == $"POST {Events}" ? Error(409, "duplicate") : was ? Json(Event("abc123", "Ours")) : null;
        });

        ProviderItem item = Value(await Provider.WriteAsync(Access, "cal@x", Ours(), None));

        Assert.Equal("\"Ours\"", item.Version);
        Assert.Equal(["GET", "POST", "GET"], Asked.Select(a => a.Split(' ')[0]));
    }

    [Fact]
    public async Task Write_WhenSomebodyElseWasFaster_MergesAgain()
    {
        int puts = 0;
        Answer((request, _) => request switch
        {
            $"GET {Events}/abc123" => Json(Event("abc123", puts == 0 ? "Theirs" : "Theirs again", ""","location":"Room","unknown":{"a":[1]}""")),
            $"PUT {Events}/abc123" => ++puts == 1 ? Error(412, "conditionNotMet") : Json(Event("abc123", "Ours", ""","location":"Room" """)),
            _ => null,
        });

        ProviderItem item = Value(await Provider.WriteAsync(Access, "cal@x", Ours(), None));

        var sent = JObject.Parse(Server.Requests.Last().Body);
        Assert.Equal(["\"Theirs\"", "\"Theirs again\""], Preconditions);
        Assert.Equal(("Ours", "Room", "{\"a\":[1]}"), ((string?)sent["summary"], (string?)sent["location"], sent["unknown"]!.ToString(Newtonsoft.Json.Formatting.None)));
        Assert.Equal("Room", item.Object.Master!.Content.Location);
    }

    [Fact]
    public async Task Write_WhenItAlwaysChangesUnderOurHands_GivesUp()
    {
        Answer((request, _) => request.StartsWith("GET", StringComparison.Ordinal) ? Json(Event("abc123", "Theirs")) : Error(412, "conditionNotMet"));

        Assert.Equal(ProviderFaultKind.Conflict, (await Provider.WriteAsync(Access, "cal@x", Ours(), None)).Fault?.Kind);
        Assert.Equal(4, Preconditions.Count);
    }

    [Fact]
    public async Task Write_WhenTheEventWasDeletedBefore_BringsItBack()
    {
        Answer((request, _) => request switch
        {
            $"GET {Events}/abc123" => Json("""{"id":"abc123","etag":"\"dead\"","status":"cancelled"}"""),
            $"PUT {Events}/abc123" => Json(Event("abc123", "Ours")),
            _ => null,
        });

        Value(await Provider.WriteAsync(Access, "cal@x", Ours(), None));

        Assert.Equal("confirmed", (string?)JObject.Parse(Server.Requests.Last().Body)["status"]);
        Assert.Equal(["\"dead\""], Preconditions);
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData(""","attendees":[{"email":"me@x.example","self":true}]""", "none")]
    [InlineData(""","attendees":[{"email":"ann@x.example"}]""", "all")]
    public async Task Write_WhenSomebodyIsInvited_TellsThem(string more, string expected)
    {
        Answer((request, _) => request switch
        {
            $"GET {Events}/abc123" => Json(Event("abc123", "Theirs", more)),
            $"PUT {Events}/abc123" => Json(Event("abc123", "Ours")),
            _ => null,
        });

        Value(await Provider.WriteAsync(Access, "cal@x", Ours(), None));

        Assert.Contains($"sendUpdates={expected}", Asked.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhenTheLastGuestIsTakenOff_TellsThem()
    {
        Answer((request, _) => Json(Event("abc123", "Ours", request.StartsWith("GET", StringComparison.Ordinal) ? ""","attendees":[{"email":"ann@x.example"}]""" : "")));

        Value(await Provider.WriteAsync(Access, "cal@x", Ours() with { Change = Timed("Ours") with { Uninvite = ["ann@x.example"] } }, None));

        Assert.Contains("sendUpdates=all", Asked.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhenWhatIsThereCannotBeRead_LeavesItAlone()
    {
        Answer((request, _) => request == $"GET {Events}/abc123" ? Json("""{"id":"abc123","status":"confirmed"}""") : null);

        Assert.Equal(ProviderFaultKind.Rejected, (await Provider.WriteAsync(Access, "cal@x", Ours(), None)).Fault?.Kind);
        Assert.Single(Asked);
    }

    [Theory]
    [InlineData(403, "forbidden", ProviderFaultKind.Rejected)]
    [InlineData(403, "calendarUsageLimitsExceeded", ProviderFaultKind.Throttled)]
    [InlineData(404, "notFound", ProviderFaultKind.NotFound)]
    [InlineData(410, "deleted", ProviderFaultKind.NotFound)]
    [InlineData(410, "", ProviderFaultKind.NotFound)]
    [InlineData(400, "invalid", ProviderFaultKind.Rejected)]
    [InlineData(500, "backendError", ProviderFaultKind.Transient)]
    public async Task Write_WhenRefused_SaysWhy(int status, string reason, ProviderFaultKind expected)
    {
        Answer((request, _) => request.StartsWith("GET", StringComparison.Ordinal) ? null : Error(status, reason));

        Assert.Equal(expected, (await Provider.WriteAsync(Access, "cal@x", Ours(), None)).Fault?.Kind);
    }

    [Theory]
    [InlineData("{}", ProviderFaultKind.Transient)]
    [InlineData("[]", ProviderFaultKind.Transient)]
    [InlineData("""{"id":"abc123","status":"confirmed"}""", ProviderFaultKind.Transient)]
    [InlineData("""{"id":"abc123","start":5}""", ProviderFaultKind.Transient)]
    public async Task Write_WhenTheAnswerIsNoEvent_IsNotTakenForDone(string body, ProviderFaultKind expected)
    {
        Answer((request, _) => request.StartsWith("GET", StringComparison.Ordinal) ? null : Json(body));

        Assert.Equal(expected, (await Provider.WriteAsync(Access, "cal@x", Ours(), None)).Fault?.Kind);
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(404, null)]
    [InlineData(410, null)]
    [InlineData(403, ProviderFaultKind.Rejected)]
    [InlineData(503, ProviderFaultKind.Transient)]
    public async Task Delete_WhenAnswered_CountsWhatIsGoneAsDeleted(int status, ProviderFaultKind? expected)
    {
        Answer((_, _) => status == 204 ? Results.NoContent() : Error(status, "some"));

        ProviderResult<string> result = await Provider.DeleteAsync(Access, "cal@x", "abc123", null, None);

        Assert.Equal((expected, expected is null ? "abc123" : null), (result.Fault?.Kind, result.Value));
        Assert.Contains("sendUpdates=all", Assert.Single(Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_WhenStarted_IsNamedAsAskedAndEndsAsGoogleSays()
    {
        Answer((request, _) => request == $"POST {Events}/watch"
            ? Json("""{"kind":"api#channel","id":"channel-1","resourceId":"res-1","resourceUri":"https://x","expiration":"1764600000000"}""")
            : null);

        ProviderWatch watch = Value(await Provider.Watches!.StartAsync(Access, "cal@x", Watch, None));

        Assert.Equal(new ProviderWatch("channel-1", "res-1", Instant.FromUnixTimeMilliseconds(1_764_600_000_000)), watch);
        var sent = JObject.Parse(Server.Requests.Last().Body);
        Assert.Equal(
            ("channel-1", "web_hook", "https://us.example/hooks/google", "channel-secret", Watch.Until.ToUnixTimeMilliseconds()),
            ((string?)sent["id"], (string?)sent["type"], (string?)sent["address"], (string?)sent["token"], (long)sent["expiration"]!));
    }

    [Theory]
    [InlineData(400, "push.webhookUrlNotHttps", ProviderFaultKind.Rejected)]
    [InlineData(401, "push.webhookUrlUnauthorized", ProviderFaultKind.Rejected)]
    [InlineData(401, "authError", ProviderFaultKind.AuthDead)]
    [InlineData(404, "notFound", ProviderFaultKind.NotFound)]
    public async Task Watch_WhenRefused_SaysWhy(int status, string reason, ProviderFaultKind expected)
    {
        Answer((_, _) => Error(status, reason));

        Assert.Equal(expected, (await Provider.Watches!.StartAsync(Access, "cal@x", Watch, None)).Fault?.Kind);
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(404, null)]
    [InlineData(401, ProviderFaultKind.AuthDead)]
    [InlineData(500, ProviderFaultKind.Transient)]
    public async Task Watch_WhenStopped_CountsWhatIsGoneAsStopped(int status, ProviderFaultKind? expected)
    {
        Answer((request, _) => request != "POST /calendar/v3/channels/stop" ? null
            : status == 204 ? Results.NoContent() : Error(status, "some"));

        ProviderFault? fault = await Provider.Watches!.StopAsync(Access, new ProviderWatch("c", "r", Now), None);

        Assert.Equal(expected, fault?.Kind);
        Assert.Equal("""{"id":"c","resourceId":"r"}""", Server.Requests.Last().Body);
    }

    [Fact]
    public async Task Watch_WhenAskedToRenew_IsStartedAnewInstead() =>
        Assert.Equal(
            ProviderFaultKind.Rejected,
            (await Provider.Watches!.RenewAsync(Access, new ProviderWatch("c", "r", Now), Now, None)).Fault?.Kind);
}

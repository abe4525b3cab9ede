using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using Newtonsoft.Json.Linq;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>What answering an invitation asks of Google.</summary>
public sealed class GoogleAnswerTests : GoogleScene
{
    private const string Path = "/calendar/v3/calendars/cal@x/events/m1";

    private static readonly ProviderAnswer Accepted = new("m1", new EventAnswer("ann@x.example", ParticipationStatus.Accepted));

    private static string Meeting(string etag, string own = "needsAction", string more = "") =>
        $$"""
        {"id":"m1","etag":"\"{{etag}}\"","status":"confirmed","summary":"Planning","organizer":{"email":"bob@x.example"},
        "start":{"dateTime":"2027-04-14T09:30:00+02:00","timeZone":"Europe/Berlin"},"end":{"dateTime":"2027-04-14T10:15:00+02:00","timeZone":"Europe/Berlin"},
        "attendees":[{"email":"cid@x.example","responseStatus":"tentative","comment":"late"},
          {"email":"alias@x.example","self":true,"responseStatus":"{{own}}"}]{{more}}}
        """;

    [Fact]
    public async Task Answer_WhenTheListChangedMeanwhile_ChangesOnlyItsOwnLineInTheNewOneAndTellsTheOrganizer()
    {
        int patches = 0;
        Answer((request, _) => request switch
        {
            $"GET {Path}" => Json(Meeting($"v{patches}")),
            $"PATCH {Path}" => ++patches == 1 ? Error(412, "conditionNotMet") : Json(Meeting("v9", "accepted")),
            _ => null,
        });

        ProviderItem item = Value(await Provider.AnswerAsync(Access, "cal@x", Accepted, None));

        var sent = JObject.Parse(Server.Requests.Last().Body);
        Assert.Equal(["\"v0\"", "\"v1\""], Preconditions);
        Assert.Contains("sendUpdates=all", Asked.Last(), StringComparison.Ordinal);
        Assert.Equal(["attendees"], sent.Properties().Select(p => p.Name).Where(n => n != "etag"));
        Assert.Equal(
            ["cid@x.example tentative late", "alias@x.example accepted "],
            sent["attendees"]!.Select(a => $"{a["email"]} {a["responseStatus"]} {a["comment"]}"));
        Assert.Equal("\"v9\"", item.Version);
    }

    [Fact]
    public async Task Answer_WhenGuestsAreLeftOutOfTheList_SaysSoToo()
    {
        Answer((request, _) => request switch
        {
            $"GET {Path}" => Json(Meeting("v0", more: ""","attendeesOmitted":true""")),
            $"PATCH {Path}" => Json(Meeting("v1", "accepted")),
            _ => null,
        });

        Value(await Provider.AnswerAsync(Access, "cal@x", Accepted, None));

        Assert.True((bool)JObject.Parse(Server.Requests.Last().Body)["attendeesOmitted"]!);
    }

    [Fact]
    public async Task Answer_WhenItWasGivenAlready_WritesNothing()
    {
        Answer((request, _) => request == $"GET {Path}" ? Json(Meeting("v0", "accepted")) : null);

        Assert.Equal("\"v0\"", Value(await Provider.AnswerAsync(Access, "cal@x", Accepted, None)).Version);
        Assert.All(Asked, a => Assert.StartsWith("GET", a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_WhenItAlwaysChangesUnderOurHands_GivesUp()
    {
        Answer((request, _) => request == $"GET {Path}" ? Json(Meeting("v0")) : Error(412, "conditionNotMet"));

        Assert.Equal(ProviderFaultKind.Conflict, (await Provider.AnswerAsync(Access, "cal@x", Accepted, None)).Fault?.Kind);
    }

    [Fact]
    public async Task Answer_WhenTheMeetingIsCancelled_SaysThatItIsGone()
    {
        Answer((request, _) => request == $"GET {Path}" ? Json("""{"id":"m1","etag":"\"dead\"","status":"cancelled"}""") : null);

        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.AnswerAsync(Access, "cal@x", Accepted, None)).Fault?.Kind);
    }
}

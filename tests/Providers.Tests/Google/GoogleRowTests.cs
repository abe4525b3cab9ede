using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Google;
using Newtonsoft.Json.Linq;
using NodaTime;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>What rows of Google's say, one by one.</summary>
public sealed class GoogleRowTests
{
    [Theory]
    [InlineData("""{"date":"2027-05-01"}""", "2027-05-01")]
    [InlineData("""{"dateTime":"2027-03-11T14:00:00+01:00","timeZone":"Europe/Berlin"}""", "2027-03-11T14:00:00[Europe/Berlin]")]
    [InlineData("""{"dateTime":"2027-03-11T13:00:00Z","timeZone":"Europe/Berlin"}""", "2027-03-11T14:00:00[Europe/Berlin]")]
    [InlineData("""{"dateTime":"2027-03-11T14:00:00.9+01:00","timeZone":"europe/berlin"}""", "2027-03-11T14:00:00[Europe/Berlin]")]
    [InlineData("""{"dateTime":"2027-03-11T14:00:00","timeZone":"Europe/Berlin"}""", "2027-03-11T14:00:00[Europe/Berlin]")]
    [InlineData("""{"dateTime":"2027-03-11T14:00:00+01:00"}""", "2027-03-11T13:00:00Z")]
    [InlineData("""{"dateTime":"2027-03-11T14:00:00+01:00","timeZone":"UTC"}""", "2027-03-11T13:00:00Z")]
    [InlineData("""{"dateTime":"2027-03-11T14:00:00+01:00","timeZone":"Mars/Olympus"}""", "2027-03-11T13:00:00Z")]
    [InlineData("""{"dateTime":"2027-10-31T02:30:00+02:00","timeZone":"Europe/Berlin"}""", "2027-10-31T02:30:00[Europe/Berlin]")]
    [InlineData("""{"dateTime":"2027-10-31T02:30:00+01:00","timeZone":"Europe/Berlin"}""", "2027-10-31T01:30:00Z")]
    public void Row_WhenItStarts_StartsWhereGoogleSays(string start, string expected)
    {
        GoogleRow row = Read($$"""{"id":"e1","start":{{start}},"end":{{start}}}""");

        Assert.Equal(expected, row.Definition!.Start.ToString());
    }

    [Theory]
    [InlineData("""{"date":"2027-02-30"}""")]
    [InlineData("""{"date":"0000-01-01"}""")]
    [InlineData("""{"date":"9999-12-31"}""")]
    [InlineData("""{"dateTime":"tomorrow"}""")]
    [InlineData("""{"dateTime":"9999-12-31T23:59:59-14:00","timeZone":"Asia/Tokyo"}""")]
    [InlineData("""{"dateTime":{"year":2027}}""")]
    [InlineData("""{}""")]
    [InlineData("""5""")]
    [InlineData("""null""")]
    public void Row_WhenItStartsAtNoTime_IsUnreadableAndKeepsItsName(string start)
    {
        GoogleRow row = Read($$"""{"id":"e1","etag":"\"7\"","recurringEventId":"s1","originalStartTime":"x","status":"confirmed","start":{{start}}}""");

        Assert.Null(row.Definition);
        Assert.Equal(("e1", "s1", "\"7\"", false), (row.Id, row.SeriesId, row.Etag, row.IsCancelled));
        Assert.Equal((null, false), GoogleSeries.Build("s1", [row]));
    }

    [Theory]
    [InlineData("""{"date":"2027-05-01"}""", """{"date":"2027-05-03"}""", "2027-05-03")]
    [InlineData("""{"date":"2027-05-01"}""", """{"date":"2027-05-01"}""", "2027-05-02")]
    [InlineData("""{"date":"2027-05-01"}""", """{"dateTime":"2027-05-01T10:00:00Z"}""", "2027-05-02")]
    [InlineData("""{"dateTime":"2027-05-01T10:00:00Z"}""", """{"dateTime":"2027-05-01T09:00:00Z"}""", "2027-05-01T10:00:00Z")]
    [InlineData("""{"dateTime":"2027-05-01T10:00:00Z"}""", """null""", "2027-05-01T10:00:00Z")]
    public void Row_WhenItsEndMakesNoSense_EndsAtTheEarliest(string start, string end, string expected)
    {
        GoogleRow row = Read($$"""{"id":"e1","start":{{start}},"end":{{end}}}""");

        Assert.Equal(expected, row.Definition!.End.ToString());
    }

    [Theory]
    [InlineData("", Transparency.Opaque)]
    [InlineData("""{"transparency":"opaque"}""", Transparency.Opaque)]
    [InlineData("""{"transparency":"transparent"}""", Transparency.Transparent)]
    [InlineData("""{"eventType":"outOfOffice"}""", Transparency.OutOfOffice)]
    [InlineData("""{"eventType":"focusTime"}""", Transparency.Opaque)]
    [InlineData("""{"eventType":"workingLocation"}""", Transparency.WorkingElsewhere)]
    [InlineData("""{"eventType":"birthday"}""", Transparency.Transparent)]
    [InlineData("""{"eventType":"fromGmail"}""", Transparency.Opaque)]
    [InlineData("""{"attendees":[{"email":"me@x.example","self":true,"responseStatus":"declined"}]}""", Transparency.Transparent)]
    [InlineData("""{"attendees":[{"email":"you@x.example","responseStatus":"declined"}]}""", Transparency.Opaque)]
    [InlineData("""{"attendees":[{"email":"me@x.example","self":true,"responseStatus":"tentative"}]}""", Transparency.Opaque)]
    [InlineData("""{"extendedProperties":{"private":{"calendaractorsBusy":"Tentative"}}}""", Transparency.Tentative)]
    [InlineData("""{"extendedProperties":{"private":{"calendaractorsBusy":"OutOfOffice"}}}""", Transparency.OutOfOffice)]
    [InlineData("""{"transparency":"transparent","extendedProperties":{"private":{"calendaractorsBusy":"OutOfOffice"}}}""", Transparency.Transparent)]
    [InlineData("""{"transparency":"transparent","extendedProperties":{"private":{"calendaractorsBusy":"WorkingElsewhere"}}}""", Transparency.WorkingElsewhere)]
    public void Row_WhenItTakesTime_SaysHow(string fields, Transparency expected) =>
        Assert.Equal(expected, Content(fields).Transparency);

    [Fact]
    public void Row_WhenOnlyBusyTimesAreShared_IsBusyWithoutTitle()
    {
        EventContent content = Content("""{"visibility":"private"}""");

        Assert.Equal(EventContent.Empty with { IsPrivate = true }, content);
    }

    [Fact]
    public void Row_WhenItHasEverything_IsReadInFull()
    {
        EventContent content = Content(
            """
            {"summary":"Title","description":"Text","location":"Room","visibility":"confidential","status":"tentative","colorId":"11",
            "source":{"url":"https://x.example/","title":"t"},
            "extendedProperties":{"private":{"calendaractorsGeo":"52.5;13.4"}},
            "organizer":{"email":"boss@x.example","displayName":"Boss"},
            "attendees":[{"email":"Ann@x.example","displayName":"Ann","responseStatus":"accepted"},{"email":"ann@X.example"},
              {"email":"bob@x.example","responseStatus":"needsAction"},{"email":"cy@x.example","responseStatus":"tentative"},{"id":"7"},{"email":"no mail"},null],
            "reminders":{"useDefault":false,"overrides":[{"method":"popup","minutes":10},{"method":"email","minutes":30},{"method":"popup","minutes":10},{"method":"popup","minutes":-1},null]},
            "hangoutLink":"https://meet.google.com/old","conferenceData":{"entryPoints":[{"entryPointType":"phone","uri":"tel:1"},{"entryPointType":"video","uri":"https://zoom.us/j/1"}]}}
            """);

        Assert.Equal(
            new EventContent
            {
                Summary = "Title",
                Description = "Text",
                Location = "Room",
                IsPrivate = true,
                Status = EventStatus.Tentative,
                Color = "#DC2127",
                Url = "https://x.example/",
                Geo = new GeoPoint("52.5", "13.4"),
                Organizer = new Organizer("boss@x.example", "Boss"),
                Attendees =
                [
                    new Attendee("Ann@x.example", "Ann", ParticipationStatus.Accepted),
                    new Attendee("bob@x.example", null, ParticipationStatus.NeedsAction),
                    new Attendee("cy@x.example", null, ParticipationStatus.Tentative),
                ],
                Reminders = [10],
                MeetingUrl = "https://zoom.us/j/1",
            },
            content);
    }

    [Theory]
    [InlineData("""{"hangoutLink":"https://meet.google.com/abc"}""", "https://meet.google.com/abc")]
    [InlineData("""{"hangoutLink":"javascript:alert(1)","location":"at https://zoom.us/j/2."}""", "https://zoom.us/j/2")]
    [InlineData("""{"description":"see https://teams.microsoft.com/l/meetup-join/x"}""", "https://teams.microsoft.com/l/meetup-join/x")]
    [InlineData("""{"conferenceData":{"entryPoints":null}}""", null)]
    [InlineData("""{"organizer":{"email":"boss@x.example"}}""", null)]
    public void Row_WhenThereIsALinkToJoin_HasIt(string fields, string? expected)
    {
        EventContent content = Content(fields);

        Assert.Equal(expected, content.MeetingUrl);
        Assert.Null(content.Organizer);
    }

    [Fact]
    public void Row_WhenItsColorIsOurs_HasTheExactOneUntilSomebodyChangesIt()
    {
        const string Ours = """ "extendedProperties":{"private":{"calendaractorsColor":"#12AB9F"}} """;

        Assert.Equal("#12AB9F", Content($$"""{"colorId":"{{GoogleColors.Nearest("#12AB9F")}}",{{Ours}}}""").Color);
        Assert.Equal("#DC2127", Content($$"""{"colorId":"11",{{Ours}}}""").Color);
        Assert.Null(Content($$"""{{{Ours}}}""").Color);
        Assert.Null(Content("""{"colorId":"12"}""").Color);
    }

    [Fact]
    public void Row_WhenRemindersAreTheCalendars_HasNoneOfItsOwn() =>
        Assert.Empty(Content("""{"reminders":{"useDefault":true,"overrides":[{"method":"popup","minutes":10}]}}""").Reminders);

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""["id","e1"]""")]
    public void Row_WhenItNamesNoEvent_IsNone(string json) => Assert.Null(GoogleRowReader.Read(GoogleJson.Parse(json)));

    [Fact]
    public void Row_WhenItIsADeletedEvent_NeedsNothingButItsName()
    {
        GoogleRow row = Read("""{"id":"e1","status":"cancelled"}""");

        Assert.True(row.IsCancelled);
        Assert.Equal((null, true), GoogleSeries.Build("e1", [row]));
    }

    [Fact]
    public void Row_WhenAnExceptionDoesNotSayWhichOccurrence_IsNamedByItsId()
    {
        Assert.Equal(
            CalendarTime.Utc(Instant.FromUtc(2027, 3, 25, 13, 0)),
            Read("""{"id":"s1_20270325T130000Z","recurringEventId":"s1","status":"cancelled"}""").Original);
        Assert.Equal(
            CalendarTime.OnDate(new LocalDate(2027, 3, 25)),
            Read("""{"id":"s1_20270325","recurringEventId":"s1","status":"cancelled"}""").Original);
    }

    private static GoogleRow Read(string json) => GoogleRowReader.Read(GoogleJson.Parse(json))!;

    private static EventContent Content(string fields)
    {
        JObject row = fields.Length == 0 ? [] : JObject.Parse(fields);
        row["id"] = "e1";
        row["start"] = new JObject { ["dateTime"] = "2027-03-11T13:00:00Z" };
        row["end"] = new JObject { ["dateTime"] = "2027-03-11T14:00:00Z" };
        return GoogleRowReader.Read(row)!.Definition!.Content;
    }
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.ICalendar;
using NodaTime;
using static CalendarActors.Providers.Tests.ICalendar.CalendarTexts;

namespace CalendarActors.Providers.Tests.ICalendar;

/// <summary>Hard cases of calendars in the wild, one by one.</summary>
public sealed class CalendarObjectReaderTests
{
    [Theory]
    [InlineData("DTSTART:20270310T090000Z", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART:20270310T090000", "2027-03-10T09:00:00")]
    [InlineData("DTSTART;VALUE=DATE:20270310", "2027-03-10")]
    [InlineData("DTSTART:20270310", "2027-03-10")]
    [InlineData("DTSTART;VALUE=DATE:20270310T000000", "2027-03-10")]
    [InlineData("DTSTART;VALUE=DATE-TIME:20270310T090000Z", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20270310T090000", "2027-03-10T09:00:00[Europe/Berlin]")]
    [InlineData("DTSTART;TZID=\"Europe/Berlin\":20270310T090000", "2027-03-10T09:00:00[Europe/Berlin]")]
    [InlineData("dtstart;tzid=europe/berlin:20270310t090000", "2027-03-10T09:00:00[Europe/Berlin]")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20270310T090000Z", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20270310T090000", "2027-03-10T09:00:00[Europe/Berlin]")]
    [InlineData("DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Europe/Paris:20270310T090000", "2027-03-10T09:00:00[Europe/Paris]")]
    [InlineData("DTSTART;TZID=UTC:20270310T090000", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART;TZID=Nowhere/Atall:20270310T090000", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART;X-A=\"q;u:o\";TZID=Europe/Berlin:20270310T090000", "2027-03-10T09:00:00[Europe/Berlin]")]
    [InlineData("DTSTART:20270310T0900", "2027-03-10T09:00:00")]
    [InlineData("DTSTART:20270630T235960Z", "2027-06-30T23:59:59Z")]
    public void Start_WhenWrittenInSomeForm_IsRead(string line, string expected) =>
        Assert.Equal(expected, Read(Event(line)).Master!.Start.ToString());

    [Theory]
    [InlineData("DTSTART:20270310T090000Z", "", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART:20270310T090000Z", "DURATION:PT1H30M", "2027-03-10T10:30:00Z")]
    [InlineData("DTSTART:20270310T090000Z", "DURATION:P1W", "2027-03-17T09:00:00Z")]
    [InlineData("DTSTART:20270310T090000Z", "DURATION:-PT1H", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART:20270310T090000Z", "DURATION:P999999999W", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART:20270310T090000Z", "DURATION:garbage", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART:20270310T090000Z", "DTEND:20270310T080000Z", "2027-03-10T09:00:00Z")]
    [InlineData("DTSTART:20270310T090000Z", "DTEND;VALUE=DATE:20270311", "2027-03-11T00:00:00Z")]
    [InlineData("DTSTART;VALUE=DATE:20270310", "", "2027-03-11")]
    [InlineData("DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20270310", "2027-03-11")]
    [InlineData("DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20270313", "2027-03-13")]
    [InlineData("DTSTART;VALUE=DATE:20270310", "DURATION:P2D", "2027-03-12")]
    [InlineData("DTSTART;VALUE=DATE:20270310", "DTEND:20270311T100000Z", "2027-03-12")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20270327T120000", "DURATION:P1D", "2027-03-28T12:00:00[Europe/Berlin]")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20270327T120000", "DURATION:PT24H", "2027-03-28T13:00:00[Europe/Berlin]")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20271031T013000", "DURATION:PT2H", "2027-10-31T02:30:00[Europe/Berlin]")]
    [InlineData("DTSTART;TZID=America/New_York:20270310T090000", "DTEND;TZID=Europe/Berlin:20270310T160000", "2027-03-10T16:00:00[Europe/Berlin]")]
    public void End_WhenWrittenInSomeFormOrNone_IsNeverBeforeTheStart(string start, string end, string expected) =>
        Assert.Equal(expected, Read(Event(start, end)).Master!.End.ToString());

    [Theory]
    [InlineData("DTSTART:20270230T090000Z")]
    [InlineData("DTSTART:20271310T090000Z")]
    [InlineData("DTSTART:00000101T000000Z")]
    [InlineData("DTSTART:99991231T235959Z")]
    [InlineData("DTSTART:garbage")]
    [InlineData("DTSTART:")]
    [InlineData("X-NO-START:1")]
    public void Event_WhenItHasNoStart_IsUnreadable(string line) => Assert.Null(CalendarObjectReader.Read(Event(line)).Object);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\nEND:VEVENT")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR")]
    [InlineData("BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270310\r\nEND:VEVENT")]
    [InlineData("X\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR")]
    [InlineData("END:VCALENDAR")]
    [InlineData("<html><body>Login</body></html>")]
    public void Text_WhenItIsNoCalendar_IsUnreadable(string text)
    {
        CalendarReading reading = CalendarObjectReader.Read(text);

        Assert.Null(reading.Object);
        Assert.False(reading.IsOther);
    }

    [Fact]
    public void Text_WhenItIsTooLong_IsUnreadable() =>
        Assert.Null(CalendarObjectReader.Read(Event("DTSTART:20270310", $"DESCRIPTION:{new string('x', CalendarText.MaxLength)}")).Object);

    [Fact]
    public void Text_WhenNestedDeeply_IsUnreadable() =>
        Assert.Null(CalendarObjectReader.Read(string.Concat(Enumerable.Repeat("BEGIN:VCALENDAR\r\n", 100_000))).Object);

    [Fact]
    public void Resource_WhenItIsAJournal_IsNoEvent() =>
        Assert.True(CalendarObjectReader.Read("BEGIN:VCALENDAR\r\nBEGIN:VJOURNAL\r\nUID:1\r\nEND:VJOURNAL\r\nEND:VCALENDAR\r\n").IsOther);

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;COUNT=0")]
    [InlineData("FREQ=DAILY;INTERVAL=-1")]
    [InlineData("FREQ=FORTNIGHTLY")]
    [InlineData("FREQ=3")]
    [InlineData("FREQ=YEARLY;BYMONTH=13")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    [InlineData("FREQ=DAILY;UNTIL=never")]
    [InlineData("FREQ=YEARLY;RSCALE=HEBREW;BYMONTH=5L")]
    [InlineData("INTERVAL=2")]
    [InlineData("garbage")]
    [InlineData("")]
    public void Rule_WhenItIsGarbage_LeavesAnEventThatHappensOnce(string rule)
    {
        CalendarObject read = Read(Event("DTSTART:20270310T090000Z", $"RRULE:{rule}"));

        Assert.Empty(read.Rules);
        Assert.Equal("Title", read.Master!.Content.Summary);
    }

    [Fact]
    public void Rule_WhenItHasEveryPart_IsReadWhole()
    {
        CalendarObject read = Read(Event(
            "DTSTART;TZID=Europe/Berlin:20270310T090000",
            "RRULE:freq=yearly;INTERVAL=2;BYMONTH=1,3;BYMONTHDAY=-1,10;BYDAY=1MO,-2FR,SU;BYHOUR=9;BYMINUTE=0,30;BYSETPOS=-1;WKST=SU;UNTIL=20300101T000000Z;X-MORE=1"));

        Assert.Equal(
            new RecurrenceRule
            {
                Frequency = RecurrenceFrequency.Yearly,
                Interval = 2,
                ByMonth = [1, 3],
                ByMonthDay = [-1, 10],
                ByDay = [new(IsoDayOfWeek.Monday, 1), new(IsoDayOfWeek.Friday, -2), new(IsoDayOfWeek.Sunday, null)],
                ByHour = [9],
                ByMinute = [0, 30],
                BySetPos = [-1],
                WeekStart = IsoDayOfWeek.Sunday,
                Until = CalendarTime.Utc(Instant.FromUtc(2030, 1, 1, 0, 0)),
            },
            Assert.Single(read.Rules));
    }

    [Fact]
    public void Rule_WhenItsEndHasNoZone_EndsOnTheWallOfTheStart() =>
        Assert.Equal(
            CalendarTime.Utc(Instant.FromUtc(2027, 7, 1, 7, 0)),
            Read(Event("DTSTART;TZID=Europe/Berlin:20270310T090000", "RRULE:FREQ=DAILY;UNTIL=20270701T090000")).Rules[0].Until);

    [Theory]
    [InlineData("99999999999999999999", null)]
    [InlineData("1000000000", 1_000_000_000)]
    public void Count_WhenItIsHuge_IsKeptOrNoLimit(string count, int? expected) =>
        Assert.Equal(expected, Read(Event("DTSTART:20270310T090000Z", $"RRULE:FREQ=DAILY;COUNT={count}")).Rules[0].Count);

    [Fact]
    public void Dates_WhenAddedAndExcludedInEveryForm_AreRead()
    {
        CalendarObject read = Read(Event(
            "DTSTART;TZID=Europe/Berlin:20270310T090000",
            "DTEND;TZID=Europe/Berlin:20270310T100000",
            "RRULE:FREQ=DAILY",
            "EXDATE;TZID=Europe/Berlin:20270311T090000,20270312T090000",
            "EXDATE:20270313T080000Z",
            "EXDATE;VALUE=DATE:20270314",
            "EXDATE:garbage",
            "RDATE;TZID=Europe/Berlin:20270401T120000",
            "RDATE;VALUE=PERIOD:20270402T100000Z/PT2H,20270403T100000Z/20270403T130000Z",
            "RDATE:"));

        Assert.Equal(
            ["2027-03-11T09:00:00[Europe/Berlin]", "2027-03-12T09:00:00[Europe/Berlin]", "2027-03-13T08:00:00Z", "2027-03-14"],
            read.Excluded.Select(t => t.ToString()));
        Assert.Equal(
            [("2027-04-01T12:00:00[Europe/Berlin]", null), ("2027-04-02T10:00:00Z", "2027-04-02T12:00:00Z"), ("2027-04-03T10:00:00Z", "2027-04-03T13:00:00Z")],
            read.Added.Select(d => (d.Start.ToString(), d.End?.ToString())));
    }

    [Fact]
    public void Overrides_WhenOfEveryKind_AreRead()
    {
        CalendarObject read = Read(Calendar(
            Component("VEVENT", "UID:u", "DTSTART;TZID=Europe/Berlin:20270310T090000", "RRULE:FREQ=DAILY", "SUMMARY:Master"),
            Component("VEVENT", "UID:u", "RECURRENCE-ID:20270311T080000Z", "DTSTART:20270311T100000Z", "SUMMARY:In UTC"),
            Component("VEVENT", "UID:u", "RECURRENCE-ID;VALUE=DATE:20270312", "DTSTART:20270312T100000Z", "SUMMARY:By day"),
            Component("VEVENT", "UID:u", "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20270315T090000", "DTSTART:20270315T100000Z", "SUMMARY:From here"),
            Component("VEVENT", "UID:u", "RECURRENCE-ID;TZID=Europe/Berlin:20270316T090000", "STATUS:CANCELLED"),
            Component("VEVENT", "UID:other", "RECURRENCE-ID;TZID=Europe/Berlin:20270317T090000", "SUMMARY:Not of this series"),
            Component("VEVENT", "UID:u", "RECURRENCE-ID:garbage", "DTSTART:20270318T100000Z")));

        Assert.Equal("Master", read.Master!.Content.Summary);
        Assert.Equal(
            [
                ("2027-03-11T08:00:00Z", false, "In UTC", EventStatus.Confirmed),
                ("2027-03-12T09:00:00[Europe/Berlin]", false, "By day", EventStatus.Confirmed),
                ("2027-03-15T09:00:00[Europe/Berlin]", true, "From here", EventStatus.Confirmed),
                ("2027-03-16T09:00:00[Europe/Berlin]", false, "", EventStatus.Cancelled),
            ],
            read.Overrides.Select(o => (o.RecurrenceId.ToString(), o.ThisAndFuture, o.Definition.Content.Summary, o.Definition.Content.Status)));
    }

    [Fact]
    public void Resource_WhenOnlySingleOccurrencesAreKnown_HasNoMaster()
    {
        CalendarObject read = Read(Calendar(Component("VEVENT", "UID:u", "RECURRENCE-ID:20270311T080000Z", "DTSTART:20270311T100000Z")));

        Assert.Null(read.Master);
        Assert.Single(read.Overrides);
    }

    [Theory]
    [InlineData("", "", Transparency.Opaque)]
    [InlineData("TRANSP:OPAQUE", "", Transparency.Opaque)]
    [InlineData("TRANSP:TRANSPARENT", "", Transparency.Transparent)]
    [InlineData("TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY", Transparency.Transparent)]
    [InlineData("TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", Transparency.WorkingElsewhere)]
    [InlineData("TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", Transparency.Opaque)]
    [InlineData("", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", Transparency.Transparent)]
    [InlineData("TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", Transparency.Tentative)]
    [InlineData("TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", Transparency.OutOfOffice)]
    public void Transparency_WhenSaidInTwoWays_BelievesTheStandard(string standard, string microsoft, Transparency expected) =>
        Assert.Equal(expected, Content(standard, microsoft).Transparency);

    [Fact]
    public void Content_WhenFull_IsRead()
    {
        EventContent content = Content(
            "DESCRIPTION;ALTREP=\"cid:x:y\":One\\nTwo\\, three\\; four \\\\ five",
            "LOCATION:Room\\, 5",
            "GEO:52.52;13.4",
            "URL:https://example.com/x",
            "STATUS:TENTATIVE",
            "CLASS:CONFIDENTIAL",
            "CATEGORIES:A,B\\,C",
            "CATEGORIES:D",
            "COLOR:tomato",
            "ORGANIZER;CN=\"Boss, The\":MAILTO:boss@example.com",
            "ATTENDEE;CN=A;PARTSTAT=ACCEPTED:mailto:a@example.com",
            "ATTENDEE;PARTSTAT=DELEGATED:mailto:b@example.com",
            "ATTENDEE;EMAIL=c@example.com:urn:uuid:1",
            "ATTENDEE:urn:uuid:2",
            "ATTENDEE;CN=^'Q^':mailto:A@example.com");

        Assert.Equal("One\nTwo, three; four \\ five", content.Description);
        Assert.Equal("Room, 5", content.Location);
        Assert.Equal(new GeoPoint("52.52", "13.4"), content.Geo);
        Assert.Equal(EventStatus.Tentative, content.Status);
        Assert.True(content.IsPrivate);
        Assert.Equal(["A", "B,C", "D"], content.Categories.AsEnumerable());
        Assert.Equal("#FF6347", content.Color);
        Assert.Equal(new Organizer("boss@example.com", "Boss, The"), content.Organizer);
        Assert.Equal(
            [
                new Attendee("a@example.com", "A", ParticipationStatus.Accepted),
                new Attendee("b@example.com", null, ParticipationStatus.Unknown),
                new Attendee("c@example.com", null, ParticipationStatus.NeedsAction),
            ],
            content.Attendees.AsEnumerable());
    }

    [Theory]
    [InlineData("CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example.com/x", "https://meet.example.com/x")]
    [InlineData("CONFERENCE;FEATURE=PHONE:tel:+49301234\r\nCONFERENCE;FEATURE=VIDEO:https://meet.example.com/y", "https://meet.example.com/y")]
    [InlineData("X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij")]
    [InlineData("LOCATION:https://us02web.zoom.us/j/123?pwd=x", "https://us02web.zoom.us/j/123?pwd=x")]
    [InlineData("DESCRIPTION:Join: https://teams.microsoft.com/l/meetup-join/19%3ax?c=1.\\nBye", "https://teams.microsoft.com/l/meetup-join/19%3ax?c=1")]
    [InlineData("DESCRIPTION:See https://example.com/minutes", null)]
    [InlineData("LOCATION:https://zoom.us.evil.example/j/1", null)]
    [InlineData("CONFERENCE:javascript:alert(1)", null)]
    public void MeetingUrl_WhenSomewhereInTheEvent_IsFound(string line, string? expected) =>
        Assert.Equal(expected, Content(line).MeetingUrl);

    [Fact]
    public void Reminders_WhenOfEveryKind_AreThoseBeforeTheStart() =>
        Assert.Equal(
            [15, 1440, 0],
            Read(Calendar(Component(
                "VEVENT",
                "UID:u",
                "DTSTART:20270310T090000Z",
                Alarm("ACTION:DISPLAY", "TRIGGER:-PT15M"),
                Alarm("ACTION:AUDIO", "TRIGGER;RELATED=START:-P1D"),
                Alarm("ACTION:DISPLAY", "TRIGGER:-PT15M"),
                Alarm("ACTION:DISPLAY", "TRIGGER:PT0S"),
                Alarm("ACTION:DISPLAY", "TRIGGER:PT5M"),
                Alarm("ACTION:DISPLAY", "TRIGGER;RELATED=END:-PT5M"),
                Alarm("ACTION:DISPLAY", "TRIGGER;VALUE=DATE-TIME:20270310T080000Z"),
                Alarm("ACTION:EMAIL", "TRIGGER:-PT30M"),
                Alarm("ACTION:NONE", "TRIGGER;VALUE=DATE-TIME:19760401T005545Z"),
                Alarm("ACTION:DISPLAY"),
                Alarm("ACTION:DISPLAY", "TRIGGER:garbage")))).Master!.Content.Reminders.AsEnumerable());

    [Fact]
    public void Lines_WhenFoldedInsideACharacterSequence_AreJoined() =>
        Assert.Equal(
            "A long title",
            Read(Calendar(Component("VEVENT", "UID:u", "DTSTART:20270310", "SUMMARY:A lo\r\n ng\r\n\t title"))).Master!.Content.Summary);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n\r\n")]
    public void Lines_WhenEndedInAnotherWay_AreRead(string ending) =>
        Assert.Equal("Title", Read("\ufeff" + Event("DTSTART:20270310").Replace("\r\n", ending, StringComparison.Ordinal)).Master!.Content.Summary);

    [Fact]
    public void Zone_WhenOnlyItsDefinitionTells_IsMatched()
    {
        CalendarObject read = Read(Calendar(
            Component(
                "VTIMEZONE",
                "TZID:My own zone",
                Component("STANDARD", "DTSTART:19701101T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
                Component("DAYLIGHT", "DTSTART:19700308T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU")),
            Component("VEVENT", "UID:u", "DTSTART;TZID=My own zone:20270310T090000")));

        Assert.Equal("America/New_York", read.Master!.Start.ZoneId);
    }

    private static EventContent Content(params string[] lines) => Read(Event(["DTSTART:20270310T090000Z", .. lines])).Master!.Content;

    private static CalendarObject Read(string text) =>
        CalendarObjectReader.Read(text).Object ?? throw new InvalidOperationException("The text is unreadable.");
}

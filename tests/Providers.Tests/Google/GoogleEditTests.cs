using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Google;
using Newtonsoft.Json.Linq;
using NodaTime;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>Changes of ours in Google's words, and what they leave alone.</summary>
public sealed class GoogleEditTests
{
    private const string Theirs =
        """
        {"id":"e1","etag":"\"7\"","kind":"calendar#event","iCalUID":"e1@google.com","status":"confirmed","sequence":3,"guestsCanModify":true,
        "workingLocationProperties":{"type":"homeOffice","seen":"2027-01-01T00:00:00.000+02:00"},
        "summary":"Theirs","description":"Text","location":"Room","transparency":"transparent","visibility":"private","colorId":"3",
        "start":{"dateTime":"2027-03-11T14:00:00+01:00","timeZone":"Europe/Berlin"},"end":{"dateTime":"2027-03-11T15:00:00+01:00","timeZone":"Europe/Berlin"},
        "recurrence":["EXDATE;TZID=Europe/Berlin:20270318T140000","RRULE:FREQ=WEEKLY;COUNT=10","X-FOREIGN:kept"],
        "attendees":[{"email":"ann@x.example","responseStatus":"accepted","comment":"late","additionalGuests":2},{"email":"bob@x.example"},{"id":"room-7","resource":true}],
        "reminders":{"useDefault":false,"overrides":[{"method":"email","minutes":60},{"method":"popup","minutes":5}]},
        "extendedProperties":{"private":{"other":"kept"},"shared":{"all":"kept too"}}}
        """;

    private static EventChange Same => new() { Start = Berlin(11, 14), End = Berlin(11, 15), Summary = "Theirs" };

    [Fact]
    public void Edit_WhenTheEventSaysItAlready_TouchesNothing()
    {
        KeptEvent row = GoogleJson.Read<KeptEvent>(Theirs);

        bool isEdited = GoogleEventEditor.Apply(row, isNew: false, Same with
        {
            Description = Change<string>.To("Text"),
            Color = Change<string?>.To("#dbadff"),
            Reminders = Change<ImmutableArray<int>>.To([5]),
            Invite = [new Attendee("ANN@x.example", null, ParticipationStatus.NeedsAction)],
            Uninvite = ["nobody@x.example"],
        });

        Assert.False(isEdited);
        Assert.True(JToken.DeepEquals(GoogleJson.Parse(Theirs), GoogleJson.Parse(GoogleJson.Write(row))));
    }

    [Fact]
    public void Edit_WhenOneFieldDiffers_KeepsAllOthersUnknownOnesIncluded()
    {
        KeptEvent row = GoogleJson.Read<KeptEvent>(Theirs);

        Assert.True(GoogleEventEditor.Apply(row, isNew: false, Same with { Summary = "Ours" }));

        JToken expected = GoogleJson.Parse(Theirs);
        expected["summary"] = "Ours";
        Assert.True(JToken.DeepEquals(expected, GoogleJson.Parse(GoogleJson.Write(row))));
    }

    [Fact]
    public void Edit_WhenFilesAreAttached_KeepsThoseOfOthersAsTheyAre()
    {
        const string ours = "https://us.example/attachments/att_1?key=af_1_acc_2.secret";
        KeptEvent row = GoogleJson.Read<KeptEvent>(Theirs);
        row.Attachments =
        [
            new() { FileUrl = "https://drive.google.com/1", FileId = "1", IconLink = "https://x/i", Title = "Theirs", MimeType = "a/b" },
            new() { FileUrl = ours + "1", Title = "Old.pdf" },
        ];

        Assert.True(GoogleEventEditor.Apply(row, isNew: false, Same with
        {
            Attachments = Change<ImmutableArray<AttachedFile>>.To([new AttachedFile(ours + "2", "New.pdf", "application/pdf")]),
        }));

        Assert.True(JToken.DeepEquals(
            GoogleJson.Parse(
                $$"""
                {"a":[{"fileId":"1","fileUrl":"https://drive.google.com/1","iconLink":"https://x/i","mimeType":"a/b","title":"Theirs"},
                {"fileUrl":"{{ours}}2","mimeType":"application/pdf","title":"New.pdf"}]}
                """)["a"],
            GoogleJson.Parse(GoogleJson.Write(row))["attachments"]));
    }

    [Fact]
    public void Edit_WhenFieldsAreCleared_LeavesThemOut()
    {
        KeptEvent row = GoogleJson.Read<KeptEvent>(Theirs);

        GoogleEventEditor.Apply(row, isNew: false, Same with
        {
            Description = Change<string>.To(""),
            Location = Change<string?>.To(null),
            Color = Change<string?>.To(null),
            IsPrivate = Change<bool>.To(false),
            Transparency = Change<Transparency>.To(Transparency.Opaque),
            Reminders = Change<ImmutableArray<int>>.To([]),
            Rules = Change<ImmutableArray<RecurrenceRule>>.To([]),
            Uninvite = ["bob@x.example", "ANN@x.example"],
        });

        var json = (JObject)GoogleJson.Parse(GoogleJson.Write(row));
        Assert.All(["description", "location", "colorId", "visibility"], name => Assert.False(json.ContainsKey(name), name));
        Assert.Equal("opaque", (string?)json["transparency"]);
        Assert.Equal(["X-FOREIGN:kept"], json["recurrence"]!.Values<string>());
        Assert.Equal(["room-7"], json["attendees"]!.Select(a => (string?)a["id"]));
        Assert.Equal("""{"overrides":[{"method":"email","minutes":60}],"useDefault":false}""", json["reminders"]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Equal("kept", (string?)json["extendedProperties"]!["private"]!["other"]);
    }

    [Fact]
    public void Edit_WhenPeopleAreInvited_KeepsTheAnswersOfOthers()
    {
        KeptEvent row = GoogleJson.Read<KeptEvent>(Theirs);

        GoogleEventEditor.Apply(row, isNew: false, Same with
        {
            Invite = [new Attendee("cy@x.example", "Cy", ParticipationStatus.Accepted), new Attendee("no mail", null, ParticipationStatus.NeedsAction)],
            Uninvite = ["bob@x.example"],
        });

        Assert.Equal(
            """[{"additionalGuests":2,"comment":"late","email":"ann@x.example","responseStatus":"accepted"},{"id":"room-7","resource":true},{"displayName":"Cy","email":"cy@x.example"}]""",
            GoogleJson.Parse(GoogleJson.Write(row))["attendees"]!.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Fact]
    public void Edit_WhenTheSeriesMoves_DropsItsExclusionsAsTheDomainDoes()
    {
        KeptEvent row = GoogleJson.Read<KeptEvent>(Theirs);

        GoogleEventEditor.Apply(row, isNew: false, Same with { Start = CalendarTime.OnDate(new(2027, 3, 12)), End = CalendarTime.OnDate(new(2027, 3, 13)) });

        Assert.Equal(["RRULE:FREQ=WEEKLY;COUNT=10", "X-FOREIGN:kept"], row.Recurrence!);
        Assert.Equal(("2027-03-12", null, null), (row.Start!.Date, row.Start.DateTimeRaw, row.Start.TimeZone));
        Assert.Equal("2027-03-13", row.End!.Date);
    }

    [Fact]
    public void Edit_WhenTheEventIsNew_ReadsBackAsAsked()
    {
        EventChange change = Same with
        {
            Description = Change<string>.To("Line one\nLine two"),
            Location = Change<string?>.To("Room 5"),
            Geo = Change<GeoPoint?>.To(new GeoPoint("52.520008", "13.404954")),
            Url = Change<string?>.To("mailto:us@example.com"),
            Transparency = Change<Transparency>.To(Transparency.WorkingElsewhere),
            IsPrivate = Change<bool>.To(true),
            Color = Change<string?>.To("#12AB9F"),
            Reminders = Change<ImmutableArray<int>>.To([60, 10]),
            Invite = [new Attendee("ann@x.example", "Ann", ParticipationStatus.NeedsAction)],
            Rules = Change<ImmutableArray<RecurrenceRule>>.To([new RecurrenceRule
            {
                Frequency = RecurrenceFrequency.Monthly,
                ByDay = [new WeekdayInPeriod(IsoDayOfWeek.Wednesday, 2)],
                Until = CalendarTime.Utc(Instant.FromUtc(2027, 12, 31, 22, 59)),
            }]),
        };
        var row = new KeptEvent { Id = "new1" };

        Assert.True(GoogleEventEditor.Apply(row, isNew: true, change));

        KeptEvent stored = GoogleJson.Read<KeptEvent>(GoogleJson.Write(row));
        CalendarObject read = GoogleSeries.ObjectOf(GoogleRowReader.Read(stored), []);
        Assert.Equal(change.ApplyTo(null, "new1"), read);
        Assert.Equal(["RRULE:FREQ=MONTHLY;UNTIL=20271231T225900Z;BYDAY=2WE"], row.Recurrence!);
        Assert.Equal(("2027-03-11T14:00:00+01:00", "Europe/Berlin"), (row.Start!.DateTimeRaw, row.Start.TimeZone));
        Assert.False(GoogleEventEditor.Apply(stored, isNew: false, change));
    }

    [Fact]
    public void Edit_WhenANewEventSaysNothingOfReminders_LeavesTheCalendarsDefault()
    {
        var silent = new KeptEvent { Id = "new1" };
        var none = new KeptEvent { Id = "new1" };
        GoogleEventEditor.Apply(silent, isNew: true, Same);
        GoogleEventEditor.Apply(none, isNew: true, Same with { Reminders = Change<ImmutableArray<int>>.To([]) });

        Assert.Null(silent.Reminders);
        Assert.False(none.Reminders!.UseDefault);
        Assert.Empty(none.Reminders.Overrides!);
    }

    [Theory]
    [InlineData("https://x.example/a?b=c,d", "https://x.example/a?b=c,d", null)]
    [InlineData("tel:+491234", null, "tel:+491234")]
    public void Edit_WhenTheLinkIsAPage_PutsItWhereGoogleShowsIt(string url, string? source, string? property)
    {
        var row = new KeptEvent { Id = "new1" };

        GoogleEventEditor.Apply(row, isNew: true, Same with { Url = Change<string?>.To(url) });

        Assert.Equal((source, property), (row.Source?.Url, GoogleProperties.Get(row, GoogleProperties.Url)));
    }

    [Theory]
    [InlineData("Etc/UTC", "2027-03-11T14:00:00Z", "UTC")]
    [InlineData("Asia/Kolkata", "2027-03-11T14:00:00+05:30", "Asia/Kolkata")]
    public void Edit_WhenItIsTimed_NamesOffsetAndZone(string zone, string time, string zoneName)
    {
        var row = new KeptEvent { Id = "new1" };

        GoogleEventEditor.Apply(row, isNew: true, Same with
        {
            Start = CalendarTime.InZone(new LocalDateTime(2027, 3, 11, 14, 0), zone),
            End = CalendarTime.InZone(new LocalDateTime(2027, 3, 11, 15, 0), zone),
        });

        Assert.Equal((time, zoneName), (row.Start!.DateTimeRaw, row.Start.TimeZone));
    }

    private static CalendarTime Berlin(int day, int hour) =>
        CalendarTime.InZone(new LocalDateTime(2027, 3, day, hour, 0), "Europe/Berlin");
}

using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.ICalendar;
using CsCheck;
using NodaTime;
using static CalendarActors.Providers.Tests.ICalendar.CalendarTexts;

namespace CalendarActors.Providers.Tests.ICalendar;

public sealed class CalendarObjectEditorTests
{
    private static readonly Instant Now = Instant.FromUtc(2027, 1, 2, 3, 4, 5);

    // Properties that the editor owns or stamps; every other line of the original must come through untouched.
    private static readonly string[] Owned =
    [
        "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "TRANSP", "CLASS", "COLOR",
        "STATUS", "RRULE", "EXDATE", "RDATE", "ATTENDEE", "ORGANIZER", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED",
        EventContentReader.ExactColor, EventContentReader.BusyStatus,
    ];

    private static readonly Gen<string> Text = Gen.String[Gen.Char["abcäß€😀 \\;,:\"\n^'="], 0, 40].Select(t => t.Trim());

    private static readonly Gen<CalendarTime> Time = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 20_000], Gen.Int[0, 86_399], OneOf("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"),
        (kind, day, second, zone) =>
        {
            LocalDateTime local = new LocalDate(2000, 1, 1).PlusDays(day) + LocalTime.FromSecondsSinceMidnight(second);
            return kind switch
            {
                0 => CalendarTime.OnDate(local.Date),
                1 => CalendarTime.Floating(local),
                2 => CalendarTime.Utc(local),
                _ => CalendarTime.InZone(local, zone),
            };
        });

    private static readonly Gen<RecurrenceRule> Rule = Gen.Select(
        Gen.Enum<RecurrenceFrequency>(), Gen.Int[1, 9], Gen.Int[1, 50].Nullable(), Time.Nullable(), Gen.Int[1, 28].Array[0, 3], Gen.Int[1, 7].Array[0, 3],
        (frequency, interval, count, until, days, weekdays) => new RecurrenceRule
        {
            Frequency = frequency,
            Interval = interval,
            Count = count,
            Until = count is null ? until : null,
            ByMonthDay = [.. days],
            ByDay = [.. weekdays.Select(d => new WeekdayInPeriod((IsoDayOfWeek)d, frequency >= RecurrenceFrequency.Monthly ? d - 8 : null))],
        });

    private static AttachedFile File(int number) => new(
        $"https://us.example/attachments/att_{number}?key=af_1_acc_2.secret-{number}", $"Plan {number} (ü, §=^'1').pdf", "application/pdf");

    private static readonly Gen<EventChange> AnyChange = Gen.Select(
        Gen.Select(Time, Gen.Int[0, 5], Text),
        Gen.Select(Maybe(Text), Maybe(Text.Select(t => t.Length == 0 ? null : (string?)t)), Maybe(Gen.Enum<Transparency>().Where(t => t != Transparency.Unknown)), Maybe(Gen.Bool)),
        Gen.Select(
            Maybe(OneOf<string?>("#FF0000", "#12ab9f", null)),
            Maybe(Gen.Int[0, 3000].Array[0, 5].Select(m => m.ToImmutableArray())),
            Maybe(Gen.Int[0, 3].Array[0, 3].Select(numbers => numbers.Select(File).ToImmutableArray()))),
        Gen.Select(Maybe(Rule.Array[0, 1].Select(r => r.ToImmutableArray())), Gen.Int[0, 99].Array[0, 3], Gen.Int[0, 2].Array[0, 2]),
        (times, texts, looks, rest) => new EventChange
        {
            Start = times.Item1,
            End = times.Item1.WithLocal(times.Item1.Local.PlusDays(times.Item2 + 1)),
            Summary = times.Item3,
            Description = texts.Item1,
            Location = texts.Item2,
            Transparency = texts.Item3,
            IsPrivate = texts.Item4,
            Color = looks.Item1,
            Reminders = looks.Item2,
            Attachments = looks.Item3,
            Rules = rest.Item1,
            Invite = [.. rest.Item2.Select(i => new Attendee($"guest{i}@example.com", i % 2 == 0 ? $"Guest \"{i}\"; x" : null, ParticipationStatus.NeedsAction))],
            Uninvite = [.. rest.Item3.Select(i => $"a{i}@example.com")],
        });

    private static readonly Gen<string> Original = Gen.Select(
        OneOf("X-FOO:1", "X-FOO;P=1;Q=\"a,b:c;d\":v\\,w\\;x", "PRIORITY:5", "RESOURCES:A,B", "COMMENT;LANGUAGE=de:Äöü\\nzwei", "ATTACH;FMTTYPE=text/plain:https://example.com/a", $"ATTACH;X-KEPT=1:{File(1).Url}", $"ATTACH:{File(9).Url}", "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Hall; 1\":geo:1,2", "no property at all", "REQUEST-STATUS:2.0;Success").Array[0, 6],
        OneOf("", "RRULE:FREQ=WEEKLY;COUNT=5", "RRULE:garbage"),
        OneOf("DTEND;TZID=Europe/Berlin:20270310T100000", "DURATION:PT1H", ""),
        OneOf("ATTENDEE;CN=A;X-KEEP=1;PARTSTAT=ACCEPTED:mailto:a0@example.com", "ORGANIZER:mailto:boss@example.com", "CATEGORIES:X,Y", "").Array[0, 3],
        OneOf("", Alarm("ACTION:EMAIL", "TRIGGER:-PT5M", "X-A:1"), Alarm("ACTION:DISPLAY", "TRIGGER;VALUE=DATE-TIME:20270310T080000Z"), Component("X-OTHER", "Y:2")),
        (own, rule, end, people, component) => Calendar(
            Component("X-TOP", "Z:1"),
            Component("VEVENT", ["UID:u@example.com", "DTSTART;TZID=Europe/Berlin;X-P=1:20270310T090000", "SUMMARY;LANGUAGE=en:Before", end, rule, .. own, .. people, component]),
            rule.EndsWith("COUNT=5", StringComparison.Ordinal)
                ? Component("VEVENT", "UID:u@example.com", "RECURRENCE-ID;TZID=Europe/Berlin:20270317T090000", "DTSTART;TZID=Europe/Berlin:20270317T110000", "X-IN-OVERRIDE:1")
                : ""));

    [Fact]
    public void Edit_WhenReadBack_IsWhatTheDomainSays() => Gen.Select(Original, AnyChange).Sample(
        (original, change) =>
        {
            CalendarReading before = CalendarObjectReader.Read(original);
            CalendarObject wanted = CalendarObjectEditor.Canonical(change).ApplyTo(before.Object, "unused");

            string? text = CalendarObjectEditor.Apply(before, change, "unused", Now);

            CalendarObject after = CalendarObjectReader.Read(text ?? original).Object!;
            Assert.Equal(Plain(wanted), Plain(after));
        },
        iter: 3_000);

    [Fact]
    public void Edit_WhenDoneTwice_ChangesNothingTheSecondTime() => Gen.Select(Original.Select(o => (string?)o).Where(_ => true), AnyChange, Gen.Bool).Sample(
        (original, change, isNew) =>
        {
            string? text = CalendarObjectEditor.Apply(isNew ? null : CalendarObjectReader.Read(original!), change, "new@example.com", Now);

            Assert.Null(CalendarObjectEditor.Apply(CalendarObjectReader.Read(text ?? original!), change, "new@example.com", Now));
        },
        iter: 3_000);

    [Fact]
    public void Edit_WhenTheChangeDoesNotSpeakOfSomething_LeavesItAsWritten() => Gen.Select(Original, AnyChange).Sample(
        (original, change) =>
        {
            CalendarReading before = CalendarObjectReader.Read(original);
            string[] kept = [.. Foreign(CalendarText.Parse(original)!)];
            bool dropsOverrides = CalendarObjectEditor.Canonical(change).ApplyTo(before.Object, "").Overrides.IsEmpty;

            string? text = CalendarObjectEditor.Apply(before, change, "unused", Now);

            HashSet<string> after = [.. Foreign(CalendarText.Parse(text ?? original)!)];
            Assert.All(kept.Where(l => !dropsOverrides || !l.StartsWith("VEVENT/RECURRENCE-ID", StringComparison.Ordinal) && l != "VEVENT/X-IN-OVERRIDE:1"), line => Assert.Contains(line, after));
        },
        iter: 3_000);

    [Fact]
    public void Text_WhenParsedAndWritten_KeepsEveryLine() => Original.Sample(
        original => Assert.Equal(original, CalendarText.Write(CalendarText.Parse(original)!).Replace("\r\n ", "", StringComparison.Ordinal)),
        iter: 500);

    [Fact]
    public void Attachment_WhenWritten_SaysItsTypeAndNameAndLeavesThoseOfOthers()
    {
        EventChange change = new()
        {
            Start = CalendarTime.Utc(new LocalDateTime(2027, 3, 10, 9, 0)),
            End = CalendarTime.Utc(new LocalDateTime(2027, 3, 10, 10, 0)),
            Summary = "x",
            Attachments = Change<ImmutableArray<AttachedFile>>.To([new AttachedFile(File(1).Url, "Plan, A.pdf", "application/pdf")]),
        };
        CalendarReading theirs = CalendarObjectReader.Read(Calendar(Component(
            "VEVENT", "UID:u@example.com", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", "SUMMARY:x", "ATTACH:https://example.com/a", $"ATTACH:{File(9).Url}")));

        string text = CalendarObjectEditor.Apply(theirs, change, "unused", Now)!.Replace("\r\n ", "", StringComparison.Ordinal);

        Assert.Equal(
            ["ATTACH:https://example.com/a", $"ATTACH;FMTTYPE=application/pdf;FILENAME=\"Plan, A.pdf\":{File(1).Url}"],
            text.Split("\r\n").Where(line => line.StartsWith("ATTACH", StringComparison.Ordinal)));
    }

    [Fact]
    public void Lines_WhenWritten_AreFoldedAfter75BytesAndNeverInsideACharacter()
    {
        EventChange change = new()
        {
            Start = CalendarTime.Utc(Now),
            End = CalendarTime.Utc(Now + Duration.FromHours(1)),
            Summary = string.Concat(Enumerable.Repeat("ä€😀", 200)),
        };

        string text = CalendarObjectEditor.Apply(null, change, "u", Now)!;

        Assert.All(text.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75));
        Assert.Equal(change.Summary, CalendarObjectReader.Read(text).Object!.Master!.Content.Summary);
    }

    [Fact]
    public void Event_WhenCreated_IsStampedAndDefinesItsZone()
    {
        EventChange change = new()
        {
            Start = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 9, 30), "Europe/Berlin"),
            End = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 10, 30), "Europe/Berlin"),
            Summary = "New",
        };

        string text = CalendarObjectEditor.Apply(null, change, "key1", Now)!;

        foreach (string line in new[] { "UID:key1", "DTSTAMP:20270102T030405Z", "CREATED:20270102T030405Z", "LAST-MODIFIED:20270102T030405Z", "SEQUENCE:0", "DTSTART;TZID=Europe/Berlin:20270414T093000", "TZID:Europe/Berlin", "TRANSP:OPAQUE" })
        {
            Assert.Contains($"\r\n{line}\r\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Event_WhenEdited_HasAHigherSequenceAndANewStamp()
    {
        CalendarReading before = CalendarObjectReader.Read(Event("DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", "SEQUENCE:7", "DTSTAMP:20200101T000000Z"));
        EventChange change = new() { Start = before.Object!.Master!.Start, End = before.Object.Master.End, Summary = "Other" };

        string text = CalendarObjectEditor.Apply(before, change, "", Now)!;

        Assert.Contains("SEQUENCE:8\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTAMP:20270102T030405Z\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("20200101T000000Z", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Event_WhenPeopleAreInvitedFirst_GetsItsOrganizer()
    {
        CalendarReading before = CalendarObjectReader.Read(Event("DTSTART:20270310T090000Z", "DTEND:20270310T100000Z"));
        EventChange change = new()
        {
            Start = before.Object!.Master!.Start,
            End = before.Object.Master.End,
            Summary = "Title",
            Invite = [new Attendee("guest@example.com", "Guest", ParticipationStatus.NeedsAction)],
        };

        string text = CalendarObjectEditor.Apply(before, change, "", Now, new Organizer("me@example.com", null))!;

        Assert.Contains("ORGANIZER:mailto:me@example.com\r\n", text, StringComparison.Ordinal);
        Assert.Contains("ATTENDEE;CN=Guest;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_WhenItHoldsALineBreak_CannotMakeALineOfItsOwn()
    {
        EventChange change = new()
        {
            Start = CalendarTime.Utc(Now),
            End = CalendarTime.Utc(Now),
            Summary = "a\r\nX-EVIL:1",
            Url = Change<string?>.To("https://example.com/\r\nX-EVIL:2"),
            Invite = [new Attendee("a@example.com", "n\r\nX-EVIL:3", ParticipationStatus.NeedsAction)],
        };

        string text = CalendarObjectEditor.Apply(null, change, "u", Now)!;

        Assert.DoesNotContain("\nX-EVIL", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WhenWritten_IsReadByAnotherLibraryToo() => AnyChange.Sample(
        change =>
        {
            string text = CalendarObjectEditor.Apply(null, change, "u@example.com", Now)!;
            CalendarObject own = CalendarObjectReader.Read(text).Object!;

            Ical.Net.CalendarComponents.CalendarEvent foreign = Assert.Single(Ical.Net.Calendar.Load(text)!.Events);

            Assert.Equal(own.Uid, foreign.Uid);
            Assert.Equal(own.Master!.Content.Summary, foreign.Summary ?? "");
            Assert.Equal(own.Master.Content.Description, foreign.Description ?? "");
            Assert.Equal(own.Master.Start.Local.ToDateTimeUnspecified(), foreign.Start!.Value);
            Assert.Equal(own.Master.End.Local.ToDateTimeUnspecified(), foreign.End!.Value);
        },
        iter: 500);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<Change<T>> Maybe<T>(Gen<T> gen) => Gen.Select(Gen.Bool, gen, (isSet, value) => isSet ? Change<T>.To(value) : Change<T>.Keep);

    // Stamps, and what is derived from the rest.
    private static CalendarObject Plain(CalendarObject calendarObject) => calendarObject with
    {
        Created = null,
        LastModified = null,
        Master = calendarObject.Master! with { Content = calendarObject.Master.Content with { MeetingUrl = null, Organizer = null } },
    };

    private static IEnumerable<string> Foreign(CalendarComponent component) => component.Lines
        .Where(l => !Owned.Contains(l.Name, StringComparer.Ordinal) && !(l.Name == "ATTACH" && AttachedFile.IsOurs(l.Value)))
        .Select(l => $"{component.Name}/{l.Text}")
        .Concat(component.Components.SelectMany(Foreign));
}

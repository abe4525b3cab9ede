using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Microsoft;
using Microsoft.Graph.Models;
using NodaTime;
using GraphAttendee = Microsoft.Graph.Models.Attendee;

namespace CalendarActors.Providers.Tests.Microsoft;

public sealed class GraphEventReaderTests
{
    [Fact]
    public void Event_WhenItHasAWindowsZone_IsOnTheWallOfItsAuthor()
    {
        CalendarObject read = Read(Plain());

        Assert.Equal(CalendarTime.InZone(new LocalDateTime(2027, 3, 10, 10, 0), "Europe/Berlin"), read.Master!.Start);
        Assert.Equal(CalendarTime.InZone(new LocalDateTime(2027, 3, 10, 11, 0), "Europe/Berlin"), read.Master.End);
        Assert.Equal("ical-uid", read.Uid);
        Assert.False(read.IsRecurring);
    }

    [Theory]
    [InlineData("tzone://Microsoft/Custom")]
    [InlineData("Customized Time Zone")]
    [InlineData("UTC")]
    [InlineData(null)]
    public void Event_WhenNobodyKnowsItsZone_IsInUtc(string? zone)
    {
        Event row = Plain();
        (row.OriginalStartTimeZone, row.OriginalEndTimeZone) = (zone, zone);

        Assert.Equal(CalendarTime.Utc(new LocalDateTime(2027, 3, 10, 9, 0)), Read(row).Master!.Start);
    }

    [Fact]
    public void Event_WhenOnlyItsRecurrenceNamesAKnownZone_IsInThatOne()
    {
        Event row = Series();
        row.OriginalStartTimeZone = row.OriginalEndTimeZone = "tzone://Microsoft/Custom";
        row.Recurrence!.Range!.RecurrenceTimeZone = "Eastern Standard Time";

        Assert.Equal(CalendarTime.InZone(new LocalDateTime(2027, 3, 10, 4, 0), "America/New_York"), Read(row).Master!.Start);
    }

    [Fact]
    public void Event_WhenItIsAllDay_IsOnItsDays()
    {
        Event row = Plain();
        row.IsAllDay = true;
        row.Start = new DateTimeTimeZone { DateTime = "2027-05-01T00:00:00.0000000", TimeZone = "UTC" };
        row.End = new DateTimeTimeZone { DateTime = "2027-05-03T00:00:00.0000000", TimeZone = "UTC" };

        EventDefinition read = Read(row).Master!;

        Assert.Equal((CalendarTime.OnDate(new(2027, 5, 1)), CalendarTime.OnDate(new(2027, 5, 3))), (read.Start, read.End));
    }

    [Theory]
    [InlineData(FreeBusyStatus.Free, Transparency.Transparent, false)]
    [InlineData(FreeBusyStatus.WorkingElsewhere, Transparency.WorkingElsewhere, false)]
    [InlineData(FreeBusyStatus.Tentative, Transparency.Tentative, true)]
    [InlineData(FreeBusyStatus.Busy, Transparency.Opaque, true)]
    [InlineData(FreeBusyStatus.Oof, Transparency.OutOfOffice, true)]
    [InlineData(FreeBusyStatus.Unknown, Transparency.Opaque, true)]
    [InlineData(null, Transparency.Opaque, true)]
    public void ShowAs_WhenRead_TakesTimeOrNot(FreeBusyStatus? showAs, Transparency transparency, bool takesTime)
    {
        Event row = Plain();
        row.ShowAs = showAs;

        Assert.Equal(transparency, Read(row).Master!.Content.Transparency);
        Assert.Equal(takesTime, transparency.TakesTime());
    }

    [Fact]
    public void Event_WhenItsPersonDeclined_TakesNoTime()
    {
        Event row = Plain();
        row.ResponseStatus = new ResponseStatus { Response = ResponseType.Declined };

        Assert.False(Read(row).Master!.Content.Transparency.TakesTime());
    }

    [Fact]
    public void Event_WhenItSaysEverything_IsReadWhole()
    {
        Event row = Plain();
        row.Sensitivity = Sensitivity.Confidential;
        row.Categories = ["Work"];
        row.IsReminderOn = true;
        row.ReminderMinutesBeforeStart = 30;
        row.Location = new Location { DisplayName = "Room 5" };
        row.Body = new ItemBody { ContentType = BodyType.Text, Content = "one\r\ntwo\r\n" };
        row.OnlineMeeting = new OnlineMeetingInfo { JoinUrl = "https://teams.microsoft.com/l/meetup-join/1" };
        row.Organizer = new Recipient { EmailAddress = new EmailAddress { Address = "boss@example.com", Name = "Boss" } };
        row.Attendees =
        [
            Person("a@example.com", ResponseType.Accepted), Person("b@example.com", ResponseType.TentativelyAccepted),
            Person("c@example.com", ResponseType.Declined), Person("d@example.com", ResponseType.None),
            Person("A@example.com", ResponseType.None), Person("no address", ResponseType.None),
        ];

        EventContent read = Read(row).Master!.Content;

        Assert.True(read.IsPrivate);
        Assert.Equal(["Work"], read.Categories.AsEnumerable());
        Assert.Equal([30], read.Reminders.AsEnumerable());
        Assert.Equal(("Room 5", "one\ntwo"), (read.Location, read.Description));
        Assert.Equal("https://teams.microsoft.com/l/meetup-join/1", read.MeetingUrl);
        Assert.Equal(new Organizer("boss@example.com", "Boss"), read.Organizer);
        Assert.Equal(
            [ParticipationStatus.Accepted, ParticipationStatus.Tentative, ParticipationStatus.Declined, ParticipationStatus.NeedsAction],
            read.Attendees.Select(a => a.Status));
    }

    [Fact]
    public void Event_WhenNobodyIsInvited_HasNoOrganizer()
    {
        Event row = Plain();
        row.IsOrganizer = true;
        row.Organizer = new Recipient { EmailAddress = new EmailAddress { Address = "me@example.com" } };

        Assert.Null(Read(row).Master!.Content.Organizer);
    }

    [Fact]
    public void Event_WhenItIsCalledOff_SaysSo()
    {
        Event row = Plain();
        row.IsCancelled = true;

        Assert.Equal(EventStatus.Cancelled, Read(row).Master!.Content.Status);
    }

    [Fact]
    public void Body_WhenItHasAMeetingsParagraph_IsReadWithoutIt()
    {
        const string Ruler = "________________________________________________________________________________";
        Event row = Plain();
        row.IsOnlineMeeting = true;
        row.Body = new ItemBody { ContentType = BodyType.Text, Content = $"Agenda\r\n\r\n{Ruler}\r\nJoin here\r\n{Ruler}\r\n" };

        Assert.Equal("Agenda", Read(row).Master!.Content.Description);
    }

    [Fact]
    public void Series_WhenItHasExceptionsAndCancelledDays_IsOneObject()
    {
        Event row = Series();
        row.CancelledOccurrences = ["OID.master.2027-03-17"];
        row.ExceptionOccurrences = [Exception("x", "2027-03-24", "2027-03-25T12:00:00.0000000")];

        CalendarObject read = Read(row);

        RecurrenceRule rule = Assert.Single(read.Rules);
        Assert.Equal((RecurrenceFrequency.Weekly, 10), (rule.Frequency, rule.Count));
        Assert.Equal([Berlin(17, 10)], read.Excluded.AsEnumerable());
        EventOverride moved = Assert.Single(read.Overrides);
        Assert.Equal((Berlin(24, 10), Berlin(25, 13)), (moved.RecurrenceId, moved.Definition.Start));
        Assert.Equal("Moved", moved.Definition.Content.Summary);
    }

    [Fact]
    public void Series_WhenAnExceptionSaysItsOriginalStart_IsNamedByIt()
    {
        Event row = Series();
        Event exception = Exception("x", "2027-03-24", "2027-03-25T12:00:00.0000000");
        exception.AdditionalData.Clear();
        exception.OriginalStart = new DateTimeOffset(2027, 3, 24, 9, 0, 0, TimeSpan.Zero);
        row.ExceptionOccurrences = [exception];

        Assert.Equal(Berlin(24, 10), Assert.Single(Read(row).Overrides).RecurrenceId);
    }

    [Fact]
    public void Event_WhenItHasNoTimesOrAnUnknownPattern_IsUnreadable()
    {
        Event timeless = Plain();
        timeless.Start = new DateTimeTimeZone { DateTime = "soon", TimeZone = "UTC" };
        Event patternless = Series();
        patternless.Recurrence!.Pattern!.Type = null;

        Assert.Null(GraphEventReader.Read(timeless));
        Assert.Null(GraphEventReader.Read(patternless));
    }

    [Fact]
    public void Version_WhenAnExceptionOrACancelledDayChanges_IsAnother()
    {
        Event row = Series();
        string? plain = GraphVersion.Of(row);
        row.CancelledOccurrences = ["OID.master.2027-03-17"];
        string? cancelled = GraphVersion.Of(row);
        row.ExceptionOccurrences = [Exception("x", "2027-03-24", "2027-03-25T12:00:00.0000000")];
        string? moved = GraphVersion.Of(row);
        row.ExceptionOccurrences[0].ChangeKey = "other";

        Assert.Equal(4, new[] { plain, cancelled, moved, GraphVersion.Of(row) }.Distinct(StringComparer.Ordinal).Count());
        Assert.True(GraphVersion.IsOfSeries(plain));
        Assert.True(GraphVersion.IsOf(moved, row));
        Assert.False(GraphVersion.IsOfSeries(GraphVersion.Of(Plain())));
    }

    [Fact]
    public void Extras_WhenTheFieldsBesideThemStillAgree_Count()
    {
        Event row = Series();
        row.IsReminderOn = true;
        row.ReminderMinutesBeforeStart = 60;
        GraphProperties.Set(row, GraphProperties.Extras, (GraphExtras.None with
        {
            Zone = "Europe/Oslo",
            EndZone = "Europe/Oslo",
            Rule = "FREQ=WEEKLY;COUNT=10",
            Reminders = [60, 10],
            Color = "#12AB9F",
        }).ToString());
        GraphProperties.Set(row, GraphProperties.Key, "key1");

        CalendarObject agreeing = Read(row);
        row.ReminderMinutesBeforeStart = 15;
        row.OriginalStartTimeZone = "Eastern Standard Time";
        row.Recurrence!.Range!.NumberOfOccurrences = 9;
        CalendarObject changed = Read(row);

        Assert.Equal("key1", agreeing.Uid);
        Assert.Equal("Europe/Oslo", agreeing.Master!.Start.ZoneId);
        Assert.Empty(agreeing.Rules[0].ByDay);
        Assert.Equal([60, 10], agreeing.Master.Content.Reminders.AsEnumerable());
        Assert.Equal("America/New_York", changed.Master!.Start.ZoneId);
        Assert.Equal(9, changed.Rules[0].Count);
        Assert.Equal([15], changed.Master.Content.Reminders.AsEnumerable());
        Assert.Equal("#12AB9F", changed.Master.Content.Color);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"rule\":\"NONSENSE\",\"zone\":\"Nowhere\",\"color\":\"red; drop\",\"reminders\":[]}")]
    public void Extras_WhenTheyAreNotOurs_AreNothing(string text)
    {
        Event row = Series();
        CalendarObject without = Read(row);
        GraphProperties.Set(row, GraphProperties.Extras, text);

        Assert.Equal(without, Read(row));
    }

    internal static Event Plain() => new()
    {
        Id = "id",
        ICalUId = "ical-uid",
        ChangeKey = "v1",
        Type = EventType.SingleInstance,
        Subject = "Lunch",
        Start = new DateTimeTimeZone { DateTime = "2027-03-10T09:00:00.0000000", TimeZone = "UTC" },
        End = new DateTimeTimeZone { DateTime = "2027-03-10T10:00:00.0000000", TimeZone = "UTC" },
        OriginalStartTimeZone = "W. Europe Standard Time",
        OriginalEndTimeZone = "W. Europe Standard Time",
        ShowAs = FreeBusyStatus.Busy,
    };

    internal static Event Series()
    {
        Event row = Plain();
        row.Type = EventType.SeriesMaster;
        row.Recurrence = new PatternedRecurrence
        {
            Pattern = new RecurrencePattern
            {
                Type = RecurrencePatternType.Weekly,
                Interval = 1,
                DaysOfWeek = [DayOfWeekObject.Wednesday],
                FirstDayOfWeek = DayOfWeekObject.Monday,
            },
            Range = new RecurrenceRange
            {
                Type = RecurrenceRangeType.Numbered,
                NumberOfOccurrences = 10,
                StartDate = new(2027, 3, 10),
            },
        };
        return row;
    }

    private static CalendarTime Berlin(int day, int hour) =>
        CalendarTime.InZone(new LocalDateTime(2027, 3, day, hour, 0), "Europe/Berlin");

    private static Event Exception(string id, string originalDay, string start)
    {
        Event row = Plain();
        row.Id = id;
        row.Type = EventType.Exception;
        row.Subject = "Moved";
        row.Start = new DateTimeTimeZone { DateTime = start, TimeZone = "UTC" };
        row.End = new DateTimeTimeZone { DateTime = start.Replace("T12", "T13", StringComparison.Ordinal), TimeZone = "UTC" };
        row.AdditionalData["occurrenceId"] = $"OID.master.{originalDay}";
        return row;
    }

    private static GraphAttendee Person(string mail, ResponseType response) => new()
    {
        EmailAddress = new EmailAddress { Address = mail },
        Status = new ResponseStatus { Response = response },
    };

    private static CalendarObject Read(Event row)
    {
        ProviderItem? item = GraphEventReader.Read(row);
        Assert.NotNull(item);
        return item.Object;
    }
}

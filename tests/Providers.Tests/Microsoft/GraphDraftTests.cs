using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Microsoft;
using Microsoft.Graph.Models;
using NodaTime;
using DomainAttendee = CalendarActors.Domain.Events.Attendee;

namespace CalendarActors.Providers.Tests.Microsoft;

public sealed class GraphDraftTests
{
    private static readonly CalendarTime Start = CalendarTime.InZone(new LocalDateTime(2027, 3, 10, 10, 0), "Europe/Berlin");

    [Fact]
    public void Change_WhenNothingDiffers_IsNone()
    {
        Event row = GraphEventReaderTests.Plain();
        CalendarObject before = GraphEventReader.Read(row)!.Object;

        Assert.Null(GraphDraft.Between(row, before, Change("Lunch").ApplyTo(before, "k")));
    }

    [Fact]
    public void Change_WhenOneFieldDiffers_SendsThatOne()
    {
        Event row = GraphEventReaderTests.Series();
        CalendarObject before = GraphEventReader.Read(row)!.Object;

        Event fields = GraphDraft.Between(row, before, Change("Dinner").ApplyTo(before, "k"))!.Fields;

        Assert.Equal("Dinner", fields.Subject);
        Assert.Null(fields.Start);
        Assert.Null(fields.Recurrence);
        Assert.Null(fields.ShowAs);
        Assert.Null(fields.Attendees);
        Assert.Null(fields.Body);
        Assert.Null(fields.IsReminderOn);
    }

    [Fact]
    public void Change_WhenOnlyTheTimeDiffers_SaysNothingOfWhatStays()
    {
        Event row = GraphEventReaderTests.Plain();
        CalendarObject before = GraphEventReader.Read(row)!.Object;
        EventChange change = Change("Lunch") with { Start = Start.WithLocal(Start.Local.PlusHours(-1)) };

        Event fields = GraphDraft.Between(row, before, change.ApplyTo(before, "k"))!.Fields;

        // A field that was set to null is sent as null, which empties it.
        Assert.NotNull(fields.Start);
        Assert.Empty(fields.BackingStore.EnumerateKeysForValuesChangedToNull());
    }

    [Fact]
    public void Change_WhenTheSeriesMoves_SendsItsPatternAgain()
    {
        Event row = GraphEventReaderTests.Series();
        CalendarObject before = GraphEventReader.Read(row)!.Object;
        EventChange change = Change("Lunch") with
        {
            Start = Start.WithLocal(Start.Local.PlusDays(7)),
            End = Start.WithLocal(Start.Local.PlusDays(7).PlusHours(1)),
        };

        Event fields = GraphDraft.Between(row, before, change.ApplyTo(before, "k"))!.Fields;

        Assert.Equal("2027-03-17T10:00:00", fields.Start!.DateTime);
        Assert.Equal("W. Europe Standard Time", fields.Start.TimeZone);
        Assert.Equal(new(2027, 3, 17), fields.Recurrence!.Range!.StartDate);
        Assert.Equal("W. Europe Standard Time", fields.Recurrence.Range.RecurrenceTimeZone);
    }

    [Fact]
    public void Change_WhenTheRuleSaysTheSameInOtherWords_LeavesThePatternAlone()
    {
        Event row = GraphEventReaderTests.Series();
        CalendarObject before = GraphEventReader.Read(row)!.Object;
        EventChange change = Change("Lunch") with { Rules = Rules(new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly, Count = 10 }) };

        Event fields = GraphDraft.Between(row, before, change.ApplyTo(before, "k"))!.Fields;

        Assert.Null(fields.Recurrence);
        Assert.NotEmpty(fields.SingleValueExtendedProperties!);
    }

    [Fact]
    public void Change_WhenTheSeriesEnds_TakesThePatternAway()
    {
        Event row = GraphEventReaderTests.Series();
        CalendarObject before = GraphEventReader.Read(row)!.Object;

        Event fields = GraphDraft.Between(row, before, (Change("Lunch") with { Rules = Rules() }).ApplyTo(before, "k"))!.Fields;

        Assert.True(fields.AdditionalData.TryGetValue("recurrence", out object? none));
        Assert.Null(none);
    }

    [Fact]
    public void Change_WhenSomebodyIsInvited_KeepsWhatIsSaidOfTheOthers()
    {
        Event row = GraphEventReaderTests.Plain();
        row.Attendees = [new() { Type = AttendeeType.Optional, EmailAddress = new EmailAddress { Address = "Old@example.com" } }];
        CalendarObject before = GraphEventReader.Read(row)!.Object;
        EventChange change = Change("Lunch") with { Invite = [new DomainAttendee("new@example.com", "New", ParticipationStatus.NeedsAction)] };

        Event fields = GraphDraft.Between(row, before, change.ApplyTo(before, "k"))!.Fields;

        Assert.Same(row.Attendees[0], fields.Attendees![0]);
        Assert.Equal("new@example.com", fields.Attendees[1].EmailAddress!.Address);
    }

    [Theory]
    [InlineData(Transparency.Opaque, FreeBusyStatus.Busy)]
    [InlineData(Transparency.Transparent, FreeBusyStatus.Free)]
    [InlineData(Transparency.WorkingElsewhere, FreeBusyStatus.WorkingElsewhere)]
    [InlineData(Transparency.Tentative, FreeBusyStatus.Tentative)]
    [InlineData(Transparency.OutOfOffice, FreeBusyStatus.Oof)]
    public void New_WhenItTakesTimeInSomeWay_ShowsAsThat(Transparency transparency, FreeBusyStatus showAs) => Assert.Equal(
        showAs, New(Change("X") with { Transparency = Change<Transparency>.To(transparency) }).ShowAs);

    [Fact]
    public void New_WhenItSaysNothingOfReminders_LeavesThemToTheMailbox()
    {
        Assert.Null(New(Change("X")).IsReminderOn);
        Assert.False(New(Change("X") with { Reminders = Change<ImmutableArray<int>>.To([]) }).IsReminderOn);
        Assert.Equal(20, New(Change("X") with { Reminders = Change<ImmutableArray<int>>.To([20, 5]) }).ReminderMinutesBeforeStart);
    }

    [Fact]
    public void Refusal_WhenThereIsMoreThanGraphCanHave_SaysWhat()
    {
        RecurrenceRule daily = new() { Frequency = RecurrenceFrequency.Daily };
        CalendarObject plain = Change("X").ApplyTo(null, "k");

        Assert.Null(GraphDraft.RefusalOf(plain));
        Assert.Null(GraphDraft.RefusalOf(plain with { Rules = [daily] }));
        Assert.Equal("a series of several rules", GraphDraft.RefusalOf(plain with { Rules = [daily, daily] }));
        Assert.Equal("a series with added days", GraphDraft.RefusalOf(plain with { Added = [new RecurrenceDate(Start, null)] }));
        Assert.NotNull(GraphDraft.RefusalOf(plain with { Rules = [daily with { ByHour = [9] }] }));
    }

    [Fact]
    public void Words_WhenTheBodyHasAMeetingsParagraph_KeepIt()
    {
        const string Ruler = "________________________________________";
        ItemBody body = MeetingBlob.WithWords($"<html><body>Old<br>{Ruler}<a href=\"https://teams\">Join</a>{Ruler}</body></html>", "a < b\nc");

        Assert.Equal(BodyType.Html, body.ContentType);
        Assert.Contains("a &lt; b<br>", body.Content, StringComparison.Ordinal);
        Assert.Contains("https://teams", body.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Old", body.Content, StringComparison.Ordinal);
        Assert.Equal(BodyType.Text, MeetingBlob.WithWords("<p>Old</p>", "new").ContentType);
    }

    private static EventChange Change(string summary) => new()
    {
        Start = Start,
        End = Start.WithLocal(Start.Local.PlusHours(1)),
        Summary = summary,
    };

    private static Change<ImmutableArray<RecurrenceRule>> Rules(params ImmutableArray<RecurrenceRule> rules) =>
        Change<ImmutableArray<RecurrenceRule>>.To(rules);

    private static Event New(EventChange change) => GraphDraft.New(change.ApplyTo(null, "k"), change.Reminders.IsSet).Fields;
}

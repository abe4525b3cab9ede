using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Events;

public sealed class EventChangeTests
{
    private static readonly CalendarTime Nine = CalendarTime.InZone(new LocalDateTime(2026, 11, 23, 9, 0), "Europe/Paris");
    private static readonly CalendarTime Ten = CalendarTime.InZone(new LocalDateTime(2026, 11, 23, 10, 0), "Europe/Paris");

    private static EventChange Change => new() { Start = Nine, End = Ten, Summary = "Review" };

    [Fact]
    public void Apply_ToNothing_MakesABusyTimedEvent()
    {
        CalendarObject made = Change.ApplyTo(null, "uid-1");

        Assert.Equal(("uid-1", Nine, Ten, "Review"), (made.Uid, made.Master!.Start, made.Master.End, made.Master.Content.Summary));
        Assert.Equal(Transparency.Opaque, made.Master.Content.Transparency);
        Assert.False(made.IsRecurring);
    }

    [Fact]
    public void Apply_OfAWholeDayToNothing_MakesAFreeEvent()
    {
        EventChange day = Change with
        {
            Start = CalendarTime.OnDate(new LocalDate(2026, 11, 23)),
            End = CalendarTime.OnDate(new LocalDate(2026, 11, 24)),
        };

        Assert.Equal(Transparency.Transparent, day.ApplyTo(null, "uid-1").Master!.Content.Transparency);
    }

    [Fact]
    public void Apply_WhenAFieldIsNotSaid_KeepsIt()
    {
        CalendarObject before = (Change with
        {
            Description = Change<string>.To("Bring figures"),
            Url = Change<string?>.To("https://example.com/agenda"),
            Reminders = Change<System.Collections.Immutable.ImmutableArray<int>>.To([10]),
        }).ApplyTo(null, "uid-1");

        EventContent after = (Change with { Url = Change<string?>.To(null) }).ApplyTo(before, "other").Master!.Content;

        Assert.Equal(("Bring figures", (string?)null), (after.Description, after.Url));
        Assert.Equal(10, Assert.Single(after.Reminders));
    }

    [Fact]
    public void Apply_Twice_ChangesNothingMore()
    {
        EventChange change = Change with { Invite = [new Attendee("ann@example.com", "Ann", ParticipationStatus.NeedsAction)] };
        CalendarObject once = change.ApplyTo(null, "uid-1");

        Assert.Equal(once, change.ApplyTo(once, "uid-1"));
    }

    [Fact]
    public void Apply_InvitingSomebodyInvited_KeepsTheirAnswer()
    {
        EventChange invite = Change with { Invite = [new Attendee("Ann@example.com", null, ParticipationStatus.NeedsAction)] };
        CalendarObject before = Change.ApplyTo(null, "uid-1");
        before = before with
        {
            Master = before.Master! with
            {
                Content = before.Master.Content with { Attendees = [new Attendee("ann@example.com", "Ann", ParticipationStatus.Accepted)] },
            },
        };

        Assert.Equal(ParticipationStatus.Accepted, Assert.Single(invite.ApplyTo(before, "uid-1").Master!.Content.Attendees).Status);
        Assert.Empty((Change with { Uninvite = ["ANN@example.com"] }).ApplyTo(before, "uid-1").Master!.Content.Attendees);
    }

    [Fact]
    public void Apply_OfRemindersOnCreateOnly_LeavesAnExistingEventsAlone()
    {
        EventChange change = Change with
        {
            Reminders = Change<System.Collections.Immutable.ImmutableArray<int>>.To([5]),
            RemindersOnCreateOnly = true,
        };
        CalendarObject created = change.ApplyTo(null, "uid-1");
        CalendarObject without = Change.ApplyTo(null, "uid-1");

        Assert.Equal(5, Assert.Single(created.Master!.Content.Reminders));
        Assert.Empty(change.ApplyTo(without, "uid-1").Master!.Content.Reminders);
    }

    [Fact]
    public void Apply_WhenTheStartMoves_DropsExceptionsThatNameNoOccurrenceAnyMore()
    {
        CalendarObject series = Change.ApplyTo(null, "uid-1") with
        {
            Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Daily, Count = 5 }],
            Excluded = [Nine.WithLocal(Nine.Local.PlusDays(1))],
        };

        Assert.Single(Change.ApplyTo(series, "uid-1").Excluded);
        Assert.Empty((Change with { Start = Nine.WithLocal(Nine.Local.PlusHours(-1)) }).ApplyTo(series, "uid-1").Excluded);
    }
}

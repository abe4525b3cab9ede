using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orleans.Serialization;

namespace CalendarActors.Grains.Tests.Wire;

public sealed class ConverterTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private static CalendarTime Zoned => CalendarTime.InZone(new LocalDateTime(2026, 3, 29, 2, 30, 15), "Europe/Berlin");

    public static TheoryData<CalendarTime> Times =>
    [
        Zoned,
        CalendarTime.OnDate(new LocalDate(1969, 12, 31)),
        CalendarTime.Floating(new LocalDateTime(9999, 12, 31, 23, 59, 59)),
        CalendarTime.Utc(new LocalDateTime(1, 1, 1, 0, 0)),
    ];

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(Times))]
    public void CalendarTime_OverTheWire_StaysItself(CalendarTime time) => AssertTravels(time);

    [Fact]
    public void Instant_OverTheWire_StaysItself() => AssertTravels(Instant.FromUtc(2026, 11, 22, 23, 59) + Duration.FromTicks(7));

    [Fact]
    public void ProviderItem_WithEveryField_StaysItself() => AssertTravels(new ProviderItem("/a/b.ics", "\"1\"", new CalendarObject
    {
        Uid = "uid-1",
        Master = new EventDefinition(Zoned, Zoned.WithLocal(Zoned.Local.PlusHours(1)), FullContent),
        Rules =
        [
            new RecurrenceRule
            {
                Frequency = RecurrenceFrequency.Yearly, Interval = 2, Count = 7, Until = Zoned, BySecond = [1], ByMinute = [2],
                ByHour = [3], ByDay = [new WeekdayInPeriod(IsoDayOfWeek.Friday, -1), new WeekdayInPeriod(IsoDayOfWeek.Monday, null)],
                ByMonthDay = [4], ByYearDay = [5], ByWeekNo = [6], ByMonth = [7], BySetPos = [-8], WeekStart = IsoDayOfWeek.Sunday,
            },
        ],
        Added = [new RecurrenceDate(Zoned, null), new RecurrenceDate(Zoned, Zoned)],
        Excluded = [CalendarTime.OnDate(new LocalDate(2026, 4, 1))],
        Overrides = [new EventOverride(Zoned, true, new EventDefinition(Zoned, Zoned, EventContent.Empty))],
        Created = Instant.FromUnixTimeSeconds(1),
        LastModified = Instant.FromUnixTimeSeconds(2),
    }));

    [Fact]
    public void EventChange_WithSomeFieldsKept_StaysItself()
    {
        EventChange change = new()
        {
            Start = Zoned,
            End = Zoned,
            Summary = "s",
            Url = Change<string?>.To(null),
            Geo = Change<GeoPoint?>.To(new GeoPoint("1.5", "-2")),
            Transparency = Change<Transparency>.To(Transparency.OutOfOffice),
            Reminders = Change<System.Collections.Immutable.ImmutableArray<int>>.To([5, 10]),
            RemindersOnCreateOnly = true,
            Invite = [new Attendee("a@example.com", null, ParticipationStatus.Declined)],
            Uninvite = ["b@example.com"],
            Subscriptions = Change<System.Collections.Immutable.ImmutableArray<EventSubscription>>.To(
                [new EventSubscription("https://example.com/", [new Transition(true, EventEdge.End, 5)])]),
            AttachmentIds = Change<System.Collections.Immutable.ImmutableArray<string>>.To(["att_1"]),
            Attachments = Change<System.Collections.Immutable.ImmutableArray<AttachedFile>>.To([new AttachedFile("u", "a.pdf", "application/pdf")]),
        };

        EventChange back = Travel(change);

        Assert.True(back.Url.IsSet);
        Assert.Null(back.Url.Or("kept"));
        Assert.False(back.Description.IsSet);
        Assert.Equal("kept", back.Description.Or("kept"));
        Assert.Equal(change.ApplyTo(null, "u"), back.ApplyTo(null, "u"));
        Assert.Equal("b@example.com", Assert.Single(back.Uninvite));
        Assert.Equal("att_1", Assert.Single(back.AttachmentIds.Or([])));
        Assert.Equal(("a.pdf", "application/pdf"), (back.Attachments.Or([])[0].FileName, back.Attachments.Or([])[0].ContentType));
        EventSubscription subscription = Assert.Single(back.Subscriptions.Or([]));
        Assert.Equal("https://example.com/", subscription.Address);
        Assert.Equal(new Transition(true, EventEdge.End, 5), Assert.Single(subscription.Transitions));
    }

    [Fact]
    public void SealedSecret_OverTheWire_StaysItself() => AssertTravels(new SealedSecret([1, 2, 3]));

    private static EventContent FullContent => new()
    {
        Summary = "s",
        Description = "d",
        Location = "l",
        Geo = new GeoPoint("1", "2"),
        Url = "u",
        Status = EventStatus.Tentative,
        Transparency = Transparency.WorkingElsewhere,
        IsPrivate = true,
        Categories = ["c"],
        Color = "#112233",
        Organizer = new Organizer("o@example.com", "O"),
        Attendees = [new Attendee("a@example.com", "A", ParticipationStatus.Accepted)],
        Reminders = [15],
        MeetingUrl = "https://meet.example.com/1",
        Attachments = [new AttachedFile("https://us.example/attachments/att_1?key=af_1", "a.pdf", null)],
    };

    private void AssertTravels<T>(T value)
        where T : notnull => Assert.Equal(value, Travel(value));

    private T Travel<T>(T value)
        where T : notnull
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Tests.Cluster;

public sealed partial class TestLogin
{
    /// <summary>Under which others invite.</summary>
    public const string Address = "ann@example.test";

    /// <summary>A meeting to which somebody else invited.</summary>
    public static CalendarObject Meeting(string uid, string summary, int hour = 12)
    {
        CalendarObject plain = Event(uid, summary, hour);
        EventContent content = plain.Master!.Content with
        {
            Organizer = new Organizer("bob@example.test", null),
            Attendees =
            [
                new Attendee(Address, null, ParticipationStatus.NeedsAction),
                new Attendee("cid@example.test", null, ParticipationStatus.Tentative),
            ],
        };
        return plain with { Master = plain.Master with { Content = content } };
    }

    /// <summary>The uid of an event that another client put there.</summary>
    public string UidOf(string uid) => HappeningIds.Uid(HappeningIds.Seed(CalendarId, uid), recurrenceId: null);

    public Task<WriteAnswer> ChangeOtherAsync(
        string uid, string summary, int hour = 9, bool isUnrestricted = true, string client = Client) =>
        WriteOtherAsync(UidOf(uid), Change(summary, hour), null, isUnrestricted, client);

    public Task<WriteAnswer> DeleteOtherAsync(string uid, bool isUnrestricted = true, string client = Client) =>
        WriteOtherAsync(UidOf(uid), null, null, isUnrestricted, client);

    public Task<WriteAnswer> AnswerAsync(string uid, ParticipationStatus status, bool isUnrestricted = false) =>
        WriteOtherAsync(UidOf(uid), null, status, isUnrestricted);

    public Task<WriteAnswer> WriteOtherAsync(
        string wireUid, EventChange? change, ParticipationStatus? answer, bool isUnrestricted = true, string client = Client) =>
        Calendar.ChangeExternal(
            new ChangeExternalEvent(client, wireUid, change, answer, [Address], isUnrestricted), default);
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Schedules;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <summary>Writes events for which time is held, through a grant.</summary>
/// <remarks>
/// The time is kept until the event is accepted, so that there is no moment at which neither of the two takes it. That it was
/// is remembered as long as the hold would have been kept: whoever did not hear the answer writes the same event again, to
/// the same end. A hold is for one event of the person, and no other can be written for it.
/// </remarks>
internal sealed class GrantHolds(IGrainFactory grains, GrantWrites writes, DerivedKeys keys)
{
    public async Task<GrantAnswer<Done>> UpsertEvent(
        CheckedGrant grant, string calendarId, string eventId, EventChange change, string holdId, CancellationToken cancellationToken)
    {
        string key = GrainKeys.Hold(keys, grant.ClientId, holdId);
        IScheduleGrain schedule = grains.Schedule(grant.PersonId);
        if (!await schedule.ConfirmFor(
            key, grant.ClientId, SecondOf(change.Start), SecondOf(change.End), $"{calendarId} {eventId}", cancellationToken))
        {
            return GrantAnswer<Done>.Invalid(
                "hold_id",
                "errors.hold_expired",
                "this time is not held: the hold is over, was released, was used for another event, is of other people, or ends before the event");
        }

        GrantAnswer<Done> answer = await writes.AcceptEvent(grant, calendarId, eventId, change, cancellationToken);
        await (answer.Outcome == GrantOutcome.Ok
            ? schedule.Settle(key, grant.ClientId, cancellationToken)
            : schedule.Reopen(key, grant.ClientId, cancellationToken));
        return await writes.SubscribeAsync(answer, grant, calendarId, eventId, change, cancellationToken);
    }

    // Days and floating times have no moment of their own: what is held for them is not compared.
    private static long? SecondOf(CalendarTime? time) => time is { Kind: TimeKind.Utc or TimeKind.Zoned } given
        ? given.ToInstant(DateTimeZone.Utc).ToUnixTimeSeconds()
        : null;
}

using CalendarActors.Domain.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Grants;

/// <summary>The writes of events that are not the application's own, as a grant passes them on.</summary>
internal sealed class GrantExternals(IGrainFactory grains)
{
    public async Task<GrantAnswer<Done>> Change(
        CheckedGrant grant, ExternalEventWrite write, CancellationToken cancellationToken)
    {
        if (!Scopes.Permits(grant.Scope, NeededFor(write))
            || (write.Change?.Reminders.IsSet == true && !Scopes.Permits(grant.Scope, Scopes.EventReminders)))
        {
            return GrantAnswer<Done>.Of(GrantOutcome.InsufficientScope);
        }

        (ConnectionSummary Connection, CalendarSummary Calendar)? found =
            new GrantedCalendars(await grains.Person(grant.PersonId).View(cancellationToken)).Find(write.CalendarId);
        return GrantWrites.Refusal(found) ?? AnswerTo(await grains.Calendar(write.CalendarId).ChangeExternal(
            new ChangeExternalEvent(
                grant.ClientId,
                write.Uid,
                write.Change,
                write.Answer,
                found!.Value.Connection.Addresses(),
                grant.Unrestricted.Contains(write.CalendarId, StringComparer.Ordinal)),
            cancellationToken));
    }

    private static string NeededFor(ExternalEventWrite write) => write switch
    {
        { Answer: not null } => Scopes.ChangeParticipationStatus,
        { Change: not null } => Scopes.CreateEvent,
        _ => Scopes.DeleteEvent,
    };

    private static GrantAnswer<Done> AnswerTo(WriteAnswer answer) => answer switch
    {
        WriteAnswer.NoSuchEvent => GrantAnswer<Done>.Of(GrantOutcome.NotFound),
        WriteAnswer.Sandboxed => GrantAnswer<Done>.Of(GrantOutcome.Sandboxed),
        WriteAnswer.NotExternal => GrantAnswer<Done>.Invalid(
            "event_uid", "errors.must_be_external_event_uid", "event uid must be a valid external event uid"),
        WriteAnswer.Recurring => GrantAnswer<Done>.Invalid(
            "event_uid", "errors.event.recurring", "an event of a series cannot be written by its uid"),
        WriteAnswer.NotOrganizer => GrantAnswer<Done>.Invalid(
            "event_uid", "errors.event.not_organizer", "somebody else called the meeting, and only they can change it"),
        WriteAnswer.NotInvited => GrantAnswer<Done>.Invalid(
            "event_uid", "errors.event.not_invited", "there is no invitation for the person to answer"),
        _ => GrantWrites.AnswerTo(answer),
    };
}

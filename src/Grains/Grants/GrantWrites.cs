using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Grants;

/// <summary>The writes that a grant passes on to its person's calendars.</summary>
internal sealed class GrantWrites(IGrainFactory grains)
{
    private readonly GrantSubscriptions _subscriptions = new(grains);
    private readonly GrantAttachments _attachments = new(grains);

    public async Task<GrantAnswer<Done>> UpsertEvent(
        CheckedGrant grant, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken) =>
        await SubscribeAsync(
            await AcceptEvent(grant, calendarId, eventId, change, cancellationToken), grant, calendarId, eventId, change, cancellationToken);

    /// <summary>Stores what calls an accepted event asks for; what was not accepted stays so.</summary>
    public Task<GrantAnswer<Done>> SubscribeAsync(
        GrantAnswer<Done> accepted, CheckedGrant grant, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken) =>
        accepted.Outcome == GrantOutcome.Ok
            ? _subscriptions.Store(grant, calendarId, eventId, change, cancellationToken)
            : Task.FromResult(accepted);

    /// <summary>Has the calendar accept an event, without the calls that it asks for.</summary>
    public async Task<GrantAnswer<Done>> AcceptEvent(
        CheckedGrant grant, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken)
    {
        if (!Scopes.Permits(grant.Scope, Scopes.CreateEvent)
            || (change.Reminders.IsSet && !Scopes.Permits(grant.Scope, Scopes.EventReminders)))
        {
            return GrantAnswer<Done>.Of(GrantOutcome.InsufficientScope);
        }

        (ConnectionSummary Connection, CalendarSummary Calendar)? found = await FindAsync(grant, calendarId, cancellationToken);
        if (Refusal(found) is { } refusal)
        {
            return refusal;
        }

        if (grant.ApplicationCalendarId is not null && !change.Invite.IsEmpty)
        {
            return GrantAnswer<Done>.Invalid(
                "attendees", "errors.event.cannot_set_attendees", "an application calendar cannot invite anybody");
        }

        if (await _subscriptions.Refusal(grant, calendarId, eventId, change, cancellationToken) is { } noRoom)
        {
            return noRoom;
        }

        (EventChange written, GrantAnswer<Done>? refused) = await _attachments.ResolveAsync(
            grant, calendarId, found!.Value.Connection.ProviderName, change, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        // The calendar has no use for addresses.
        written = written with { Subscriptions = Change<ImmutableArray<EventSubscription>>.Keep };
        return AnswerTo(await grains.Calendar(calendarId)
            .Upsert(new UpsertEvent(grant.ClientId, eventId, written), cancellationToken));
    }

    public async Task<GrantAnswer<Done>> DeleteEvent(
        CheckedGrant grant, string calendarId, string eventId, CancellationToken cancellationToken)
    {
        if (!Scopes.Permits(grant.Scope, Scopes.DeleteEvent))
        {
            return GrantAnswer<Done>.Of(GrantOutcome.InsufficientScope);
        }

        if (Refusal(await FindAsync(grant, calendarId, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        GrantAnswer<Done> answer = AnswerTo(await grains.Calendar(calendarId).Delete(grant.ClientId, eventId, cancellationToken));
        if (answer.Outcome == GrantOutcome.Ok)
        {
            await grains.TriggersOf(calendarId).Unsubscribe(grant.ClientId, eventId, cancellationToken);
        }

        return answer;
    }

    /// <summary>The calendar; null when it is none of the person's.</summary>
    private async Task<(ConnectionSummary Connection, CalendarSummary Calendar)?> FindAsync(
        CheckedGrant grant, string calendarId, CancellationToken cancellationToken)
    {
        PersonView person = await grains.Person(grant.PersonId).View(cancellationToken);
        return new GrantedCalendars(person).Find(calendarId);
    }

    /// <summary>Why a calendar takes no write; null when it does.</summary>
    public static GrantAnswer<Done>? Refusal((ConnectionSummary Connection, CalendarSummary Calendar)? found) => found switch
    {
        null => GrantAnswer<Done>.Of(GrantOutcome.NotFound),
        { Calendar.IsDeleted: true } => GrantAnswer<Done>.Of(GrantOutcome.NotFound),
        { Connection.State: ConnectionState.Disconnected } => GrantAnswer<Done>.Of(GrantOutcome.Disconnected),
        { Calendar.IsReadOnly: true } => ReadOnly,
        _ => null,
    };

    /// <summary>What accepting a write means to who asked.</summary>
    public static GrantAnswer<Done> AnswerTo(WriteAnswer answer) => answer switch
    {
        WriteAnswer.Accepted => GrantAnswer<Done>.Ok(Done.Value),
        WriteAnswer.NoSuchCalendar => GrantAnswer<Done>.Of(GrantOutcome.NotFound),
        WriteAnswer.ReadOnly => ReadOnly,
        WriteAnswer.Disconnected => GrantAnswer<Done>.Of(GrantOutcome.Disconnected),
        WriteAnswer.OutboxFull => GrantAnswer<Done>.Of(GrantOutcome.Busy),
        _ => GrantAnswer<Done>.Of(GrantOutcome.Unavailable),
    };

    private static GrantAnswer<Done> ReadOnly { get; } =
        GrantAnswer<Done>.Invalid("calendar_id", "errors.calendar_read_only", "nothing can be written to this calendar");
}

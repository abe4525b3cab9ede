using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Grants;

/// <summary>Deletes all that an application wrote into its person's calendars.</summary>
/// <remarks>
/// Calendars that may refuse are asked first, so that a refusal mostly finds nothing accepted; each accepts durably by
/// itself, and asking again after a failure in between is harmless.
/// </remarks>
internal sealed class GrantClearing(IGrainFactory grains)
{
    /// <param name="grant">Whose calendars, and which application's events.</param>
    /// <param name="calendarIds">In these; empty for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<GrantAnswer<Done>> DeleteManaged(
        CheckedGrant grant, ImmutableArray<string> calendarIds, CancellationToken cancellationToken)
    {
        if (!Scopes.Permits(grant.Scope, Scopes.DeleteEvent))
        {
            return GrantAnswer<Done>.Of(GrantOutcome.InsufficientScope);
        }

        GrantedCalendars calendars = new(await grains.Person(grant.PersonId).View(cancellationToken));
        if (!calendars.HaveAll(calendarIds))
        {
            return GrantAnswer<Done>.Invalid(
                "calendar_ids", "errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
        }

        ILookup<bool, string> byDoubt = calendars.Readable()
            .Where(id => calendarIds.IsEmpty || calendarIds.Contains(id, StringComparer.Ordinal))
            .ToLookup(id => calendars.Find(id) is
            { Connection.State: ConnectionState.Disconnected } or { Calendar.IsReadOnly: true });
        foreach (bool isDoubtful in new[] { true, false })
        {
            WriteAnswer[] answers = await Task.WhenAll(byDoubt[isDoubtful].Select(
                id => grains.Calendar(id).DeleteManaged(grant.ClientId, cancellationToken)));
            if (Array.Find(answers, a => a is not (WriteAnswer.Accepted or WriteAnswer.NoSuchCalendar)) is var answer and not WriteAnswer.Accepted)
            {
                return RefusalOf(answer);
            }

            await Task.WhenAll(byDoubt[isDoubtful].Select(
                id => grains.TriggersOf(id).Unsubscribe(grant.ClientId, eventId: null, cancellationToken)));
        }

        return GrantAnswer<Done>.Ok(Done.Value);
    }

    private static GrantAnswer<Done> RefusalOf(WriteAnswer answer) => answer switch
    {
        WriteAnswer.ReadOnly => GrantAnswer<Done>.Invalid(
            "calendar_ids",
            "errors.calendar_read_only",
            "events of this application are in a calendar that has become read-only; name the other calendars"),
        WriteAnswer.Disconnected => GrantAnswer<Done>.Of(GrantOutcome.Disconnected),
        _ => GrantAnswer<Done>.Of(GrantOutcome.Unavailable),
    };
}

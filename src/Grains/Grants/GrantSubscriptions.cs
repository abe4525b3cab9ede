using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Triggers;

namespace CalendarActors.Grains.Grants;

/// <summary>The calls about an event that a write of it asks for.</summary>
internal sealed class GrantSubscriptions(IGrainFactory grains)
{
    private static GrantAnswer<Done> NoRoom { get; } = GrantAnswer<Done>.Invalid(
        "subscriptions",
        "errors.too_many",
        $"a calendar keeps subscriptions of at most {SubscriptionLimits.Events} events and {SubscriptionLimits.EventTransitions} transitions");

    /// <summary>Why they could not be stored, before the event is written; null when they could, or none are asked for.</summary>
    public async Task<GrantAnswer<Done>?> Refusal(
        CheckedGrant grant, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken) =>
        Asked(grant, eventId, change) is { Subscriptions.IsEmpty: false } asked
            && !await grains.TriggersOf(calendarId).HasRoom(asked, cancellationToken)
            ? NoRoom
            : null;

    /// <summary>Stores them, once the calendar has accepted the event: nobody waits for one that is not there.</summary>
    public async Task<GrantAnswer<Done>> Store(
        CheckedGrant grant, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken)
    {
        if (Asked(grant, eventId, change) is not { } asked)
        {
            return GrantAnswer<Done>.Ok(Done.Value);
        }

        ITriggerGrain triggers = grains.TriggersOf(calendarId);
        if (asked.Subscriptions.IsEmpty)
        {
            await triggers.Unsubscribe(grant.ClientId, eventId, cancellationToken);
        }
        else if (!await triggers.Subscribe(asked, cancellationToken))
        {
            return NoRoom;
        }

        return GrantAnswer<Done>.Ok(Done.Value);
    }

    /// <summary>Lets triggers notice that a grant is gone. They find out by themselves as well: at the latest when something is due.</summary>
    public static async Task WakeAsync(IGrainFactory grains, string personId, CancellationToken cancellationToken)
    {
        PersonView person = await grains.Person(personId).View(cancellationToken);
        await Task.WhenAll(person.Connections.SelectMany(c => c.Calendars)
            .Select(c => grains.TriggersOf(c.CalendarId).Wake(cancellationToken)));
    }

    private static SubscribeEvent? Asked(CheckedGrant grant, string eventId, EventChange change) => change.Subscriptions.IsSet
        ? new SubscribeEvent(grant.PersonId, grant.GrantId, grant.ClientId, eventId, change.Subscriptions.Or(ImmutableArray<EventSubscription>.Empty))
        : null;
}

using System.Collections.Immutable;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces.Owed;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Triggers;

/// <summary>
/// What applications subscribed to of their managed events in one calendar: it follows the events as they move and calls
/// when their time comes. Key: <c>trg_…</c>, made of the calendar's.
/// </summary>
[Alias("trigger"), GrainInterfaceType("trigger")]
public interface ITriggerGrain : IOwesWork
{
    /// <summary>True when subscriptions of an event, in place of those it has, could be stored now.</summary>
    [Alias("has-room"), AlwaysInterleave]
    Task<bool> HasRoom(SubscribeEvent request, CancellationToken cancellationToken);

    /// <summary>Stores the subscriptions of an event in place of those it has. What stays goes on as it was; repeating it is harmless.</summary>
    /// <returns>False when there is no room for them.</returns>
    [Alias("subscribe")]
    Task<bool> Subscribe(SubscribeEvent request, CancellationToken cancellationToken);

    /// <summary>Takes the subscriptions of an event away, once what is due is on its way. One without any is fine.</summary>
    /// <param name="clientId">The application whose event it is.</param>
    /// <param name="eventId">The application's own id; null for all its events.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("unsubscribe")]
    Task Unsubscribe(string clientId, string? eventId, CancellationToken cancellationToken);
}

/// <summary>The subscriptions of one event.</summary>
/// <param name="PersonId"><c>per_…</c>: whose calendar it is.</param>
/// <param name="GrantId">By which grant: they end with it.</param>
/// <param name="ClientId">The application whose event it is.</param>
/// <param name="EventId">The application's own id.</param>
/// <param name="Subscriptions">All of them, one or more.</param>
[GenerateSerializer, Immutable, Alias("subscribe-event")]
public sealed record SubscribeEvent(
    [property: Id(0)] string PersonId,
    [property: Id(1)] string GrantId,
    [property: Id(2)] string ClientId,
    [property: Id(3)] string EventId,
    [property: Id(4)] ImmutableArray<EventSubscription> Subscriptions)
{
    /// <summary>Prints ids only.</summary>
    public override string ToString() => $"SubscribeEvent({GrantId}, {Subscriptions.Length})";
}

using System.Collections.Immutable;
using CalendarActors.Domain.Triggers;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>An <see cref="EventSubscription"/> on the wire.</summary>
[GenerateSerializer, Alias("event-subscription")]
public struct EventSubscriptionSurrogate
{
    /// <summary>See <see cref="EventSubscription.Address"/>.</summary>
    [Id(0)]
    public string Address { get; set; }

    /// <summary>See <see cref="EventSubscription.Transitions"/>.</summary>
    [Id(1)]
    public ImmutableArray<Transition> Transitions { get; set; }
}

/// <summary>Converts <see cref="EventSubscription"/>.</summary>
[RegisterConverter]
public sealed class EventSubscriptionConverter : IConverter<EventSubscription, EventSubscriptionSurrogate>
{
    /// <inheritdoc/>
    public EventSubscription ConvertFromSurrogate(in EventSubscriptionSurrogate surrogate) =>
        new(surrogate.Address, surrogate.Transitions);

    /// <inheritdoc/>
    public EventSubscriptionSurrogate ConvertToSurrogate(in EventSubscription value) =>
        new() { Address = value.Address, Transitions = value.Transitions };
}

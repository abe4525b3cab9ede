using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Grains.Availability;

/// <summary>A bookable event, as stored. What is noted of people is sealed with the application's key.</summary>
[GenerateSerializer, Immutable, Alias("bookable-event-state")]
internal sealed record BookableEventState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>Null before it is made.</summary>
    [Id(1)]
    public BookableEvent? Event { get; init; }

    /// <summary>In the order of their first registering.</summary>
    [Id(2)]
    public ImmutableArray<StoredRegistration> Registrations { get; init; } = [];
}

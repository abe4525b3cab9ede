using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Grains.Availability;

/// <summary>When a person can be met, as stored.</summary>
[GenerateSerializer, Immutable, Alias("managed-availability-state")]
internal sealed record ManagedAvailabilityState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>In the order of their making.</summary>
    [Id(1)]
    public ImmutableArray<AvailabilityRule> Rules { get; init; } = [];

    /// <summary>By start and then id.</summary>
    [Id(2)]
    public ImmutableArray<AvailablePeriod> Periods { get; init; } = [];
}

using System.Collections.Immutable;
using CalendarActors.Domain.Schedules;

namespace CalendarActors.Grains.Schedules;

/// <summary>What of a person's time is held, as stored: the row exists only while something is.</summary>
[GenerateSerializer, Immutable, Alias("schedule-holds-state")]
internal sealed record ScheduleHoldsState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>In the order of their taking; those that are over may still be there.</summary>
    [Id(1)]
    public ImmutableArray<Hold> Holds { get; init; } = [];
}

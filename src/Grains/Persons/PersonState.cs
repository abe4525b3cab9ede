using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;

namespace CalendarActors.Grains.Persons;

/// <summary>A person's list, as stored.</summary>
[GenerateSerializer, Immutable, Alias("person-state")]
internal sealed record PersonState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>In the order of connecting.</summary>
    [Id(1)]
    public ImmutableArray<ConnectionSummary> Connections { get; init; } = [];

    /// <summary>In the order of granting.</summary>
    [Id(2)]
    public ImmutableArray<string> Grants { get; init; } = [];

    /// <summary>Channels that listen, in the order of registering.</summary>
    [Id(3)]
    public ImmutableArray<ListenerState> Listeners { get; init; } = [];

    /// <summary>Sequences of the feed up to here may have been given, also those of entries that are gone.</summary>
    [Id(4)]
    public long SequencesThrough { get; init; }
}

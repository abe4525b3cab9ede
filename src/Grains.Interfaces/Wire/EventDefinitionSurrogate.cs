using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="EventDefinition"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("event-definition")]
public struct EventDefinitionSurrogate
{
    /// <summary>See <see cref="EventDefinition.Start"/>.</summary>
    [Id(0)]
    public CalendarTime Start { get; set; }

    /// <summary>See <see cref="EventDefinition.End"/>.</summary>
    [Id(1)]
    public CalendarTime End { get; set; }

    /// <summary>See <see cref="EventDefinition.Content"/>.</summary>
    [Id(2)]
    public EventContent Content { get; set; }
}

/// <summary>Converts <see cref="EventDefinition"/>.</summary>
[RegisterConverter]
public sealed class EventDefinitionConverter : IConverter<EventDefinition, EventDefinitionSurrogate>
{
    /// <inheritdoc/>
    public EventDefinition ConvertFromSurrogate(in EventDefinitionSurrogate surrogate) =>
        new(surrogate.Start, surrogate.End, surrogate.Content);

    /// <inheritdoc/>
    public EventDefinitionSurrogate ConvertToSurrogate(in EventDefinition value) => new()
    {
        Start = value.Start,
        End = value.End,
        Content = value.Content,
    };
}

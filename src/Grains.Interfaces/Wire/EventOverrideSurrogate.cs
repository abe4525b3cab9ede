using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="EventOverride"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("event-override")]
public struct EventOverrideSurrogate
{
    /// <summary>See <see cref="EventOverride.RecurrenceId"/>.</summary>
    [Id(0)]
    public CalendarTime RecurrenceId { get; set; }

    /// <summary>See <see cref="EventOverride.ThisAndFuture"/>.</summary>
    [Id(1)]
    public bool ThisAndFuture { get; set; }

    /// <summary>See <see cref="EventOverride.Definition"/>.</summary>
    [Id(2)]
    public EventDefinition Definition { get; set; }
}

/// <summary>Converts <see cref="EventOverride"/>.</summary>
[RegisterConverter]
public sealed class EventOverrideConverter : IConverter<EventOverride, EventOverrideSurrogate>
{
    /// <inheritdoc/>
    public EventOverride ConvertFromSurrogate(in EventOverrideSurrogate surrogate) =>
        new(surrogate.RecurrenceId, surrogate.ThisAndFuture, surrogate.Definition);

    /// <inheritdoc/>
    public EventOverrideSurrogate ConvertToSurrogate(in EventOverride value) => new()
    {
        RecurrenceId = value.RecurrenceId,
        ThisAndFuture = value.ThisAndFuture,
        Definition = value.Definition,
    };
}

using CalendarActors.Domain.Triggers;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="Transition"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("transition")]
public struct TransitionSurrogate
{
    /// <summary>See <see cref="Transition.IsBefore"/>.</summary>
    [Id(0)]
    public bool IsBefore { get; set; }

    /// <summary>See <see cref="Transition.Edge"/>.</summary>
    [Id(1)]
    public EventEdge Edge { get; set; }

    /// <summary>See <see cref="Transition.Minutes"/>.</summary>
    [Id(2)]
    public int Minutes { get; set; }
}

/// <summary>Converts <see cref="Transition"/>.</summary>
[RegisterConverter]
public sealed class TransitionConverter : IConverter<Transition, TransitionSurrogate>
{
    /// <inheritdoc/>
    public Transition ConvertFromSurrogate(in TransitionSurrogate surrogate) =>
        new(surrogate.IsBefore, surrogate.Edge, surrogate.Minutes);

    /// <inheritdoc/>
    public TransitionSurrogate ConvertToSurrogate(in Transition value) =>
        new() { IsBefore = value.IsBefore, Edge = value.Edge, Minutes = value.Minutes };
}

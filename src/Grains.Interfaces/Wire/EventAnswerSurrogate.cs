using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="EventAnswer"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("event-answer")]
public struct EventAnswerSurrogate
{
    /// <summary>See <see cref="EventAnswer.Email"/>.</summary>
    [Id(0)]
    public string Email { get; set; }

    /// <summary>See <see cref="EventAnswer.Status"/>.</summary>
    [Id(1)]
    public ParticipationStatus Status { get; set; }
}

/// <summary>Converts <see cref="EventAnswer"/>.</summary>
[RegisterConverter]
public sealed class EventAnswerConverter : IConverter<EventAnswer, EventAnswerSurrogate>
{
    /// <inheritdoc/>
    public EventAnswer ConvertFromSurrogate(in EventAnswerSurrogate surrogate) => new(surrogate.Email, surrogate.Status);

    /// <inheritdoc/>
    public EventAnswerSurrogate ConvertToSurrogate(in EventAnswer value) => new() { Email = value.Email, Status = value.Status };
}

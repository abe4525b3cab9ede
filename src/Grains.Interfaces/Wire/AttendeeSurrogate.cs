using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="Attendee"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("attendee")]
public struct AttendeeSurrogate
{
    /// <summary>See <see cref="Attendee.Email"/>.</summary>
    [Id(0)]
    public string Email { get; set; }

    /// <summary>See <see cref="Attendee.DisplayName"/>.</summary>
    [Id(1)]
    public string? DisplayName { get; set; }

    /// <summary>See <see cref="Attendee.Status"/>.</summary>
    [Id(2)]
    public ParticipationStatus Status { get; set; }
}

/// <summary>Converts <see cref="Attendee"/>.</summary>
[RegisterConverter]
public sealed class AttendeeConverter : IConverter<Attendee, AttendeeSurrogate>
{
    /// <inheritdoc/>
    public Attendee ConvertFromSurrogate(in AttendeeSurrogate surrogate) =>
        new(surrogate.Email, surrogate.DisplayName, surrogate.Status);

    /// <inheritdoc/>
    public AttendeeSurrogate ConvertToSurrogate(in Attendee value) => new()
    {
        Email = value.Email,
        DisplayName = value.DisplayName,
        Status = value.Status,
    };
}

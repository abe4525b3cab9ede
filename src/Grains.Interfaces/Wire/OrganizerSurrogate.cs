using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="Organizer"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("organizer")]
public struct OrganizerSurrogate
{
    /// <summary>See <see cref="Organizer.Email"/>.</summary>
    [Id(0)]
    public string Email { get; set; }

    /// <summary>See <see cref="Organizer.DisplayName"/>.</summary>
    [Id(1)]
    public string? DisplayName { get; set; }
}

/// <summary>Converts <see cref="Organizer"/>.</summary>
[RegisterConverter]
public sealed class OrganizerConverter : IConverter<Organizer, OrganizerSurrogate>
{
    /// <inheritdoc/>
    public Organizer ConvertFromSurrogate(in OrganizerSurrogate surrogate) =>
        new(surrogate.Email, surrogate.DisplayName);

    /// <inheritdoc/>
    public OrganizerSurrogate ConvertToSurrogate(in Organizer value) => new()
    {
        Email = value.Email,
        DisplayName = value.DisplayName,
    };
}

using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="GeoPoint"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("geo-point")]
public struct GeoPointSurrogate
{
    /// <summary>See <see cref="GeoPoint.Latitude"/>.</summary>
    [Id(0)]
    public string Latitude { get; set; }

    /// <summary>See <see cref="GeoPoint.Longitude"/>.</summary>
    [Id(1)]
    public string Longitude { get; set; }
}

/// <summary>Converts <see cref="GeoPoint"/>.</summary>
[RegisterConverter]
public sealed class GeoPointConverter : IConverter<GeoPoint, GeoPointSurrogate>
{
    /// <inheritdoc/>
    public GeoPoint ConvertFromSurrogate(in GeoPointSurrogate surrogate) =>
        new(surrogate.Latitude, surrogate.Longitude);

    /// <inheritdoc/>
    public GeoPointSurrogate ConvertToSurrogate(in GeoPoint value) => new()
    {
        Latitude = value.Latitude,
        Longitude = value.Longitude,
    };
}

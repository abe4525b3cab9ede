namespace CalendarActors.Domain.Events;

/// <summary>Where an event takes place (RFC 5545 section 3.8.1.6), kept as written.</summary>
/// <param name="Latitude">Decimal degrees, -90 to 90, as text.</param>
/// <param name="Longitude">Decimal degrees, -180 to 180, as text.</param>
public sealed record GeoPoint(string Latitude, string Longitude);

using System.Text.Json.Serialization;

namespace CalendarActors.Gateway.Authorization;

/// <summary>RFC 6749 5.2.</summary>
internal sealed record ProtocolErrorWire(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string? Description);

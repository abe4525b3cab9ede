using System.Text.Json.Serialization;

namespace CalendarActors.Gateway.Applications;

/// <summary>A page of applications.</summary>
internal sealed record ApplicationListWire(
    [property: JsonPropertyName("applications")] IReadOnlyList<ApplicationWire> Applications,
    [property: JsonPropertyName("next")] string? Next);

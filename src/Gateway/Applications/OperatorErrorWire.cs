using System.Text.Json.Serialization;

namespace CalendarActors.Gateway.Applications;

/// <summary>Why a request was refused.</summary>
internal sealed record OperatorErrorWire(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description,
    [property: JsonPropertyName("problems")] IReadOnlyList<string>? Problems);

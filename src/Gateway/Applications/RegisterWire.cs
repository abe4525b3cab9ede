using System.Text.Json.Serialization;

namespace CalendarActors.Gateway.Applications;

/// <summary>A registration as the operator sends it.</summary>
internal sealed record RegisterWire(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("redirect_uris")] IReadOnlyList<string?>? RedirectUris,
    [property: JsonPropertyName("rotate_refresh_tokens")] bool RotatesRefreshTokens = false);

using System.Text.Json.Serialization;

namespace CalendarActors.Gateway.Applications;

/// <summary>A secret; its text only when it was just made.</summary>
internal sealed record SecretWire(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("client_secret")] string? ClientSecret,
    [property: JsonPropertyName("created_at")] DateTimeOffset? CreatedAt)
{
    public override string ToString() => Id;
}

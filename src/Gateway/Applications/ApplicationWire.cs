using System.Text.Json.Serialization;
using CalendarActors.Grains.Interfaces.Applications;

namespace CalendarActors.Gateway.Applications;

/// <summary>An application as the operator sees it; the secret only when it was just made.</summary>
internal sealed record ApplicationWire(
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("client_secret")] string? ClientSecret,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("redirect_uris")] IReadOnlyList<string> RedirectUris,
    [property: JsonPropertyName("rotate_refresh_tokens")] bool RotatesRefreshTokens,
    [property: JsonPropertyName("secrets")] IReadOnlyList<SecretWire>? Secrets,
    [property: JsonPropertyName("created_at")] DateTimeOffset? CreatedAt)
{
    public static ApplicationWire From(ApplicationView view) => new(
        view.ClientId,
        null,
        view.Name,
        view.RedirectUris,
        view.RotatesRefreshTokens,
        [.. view.Secrets.Select(s => new SecretWire(s.Id, null, s.Created.ToDateTimeOffset()))],
        view.Created.ToDateTimeOffset());

    public override string ToString() => ClientId;
}

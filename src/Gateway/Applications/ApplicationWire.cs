using System.Text.Json.Serialization;
using CalendarActors.Grains.Interfaces.Applications;

namespace CalendarActors.Gateway.Applications;

/// <summary>A registration as the operator sends it.</summary>
internal sealed record RegisterWire(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("redirect_uris")] IReadOnlyList<string?>? RedirectUris,
    [property: JsonPropertyName("rotate_refresh_tokens")] bool RotatesRefreshTokens = false);

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

/// <summary>A secret; its text only when it was just made.</summary>
internal sealed record SecretWire(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("client_secret")] string? ClientSecret,
    [property: JsonPropertyName("created_at")] DateTimeOffset? CreatedAt)
{
    public override string ToString() => Id;
}

/// <summary>A page of applications.</summary>
internal sealed record ApplicationListWire(
    [property: JsonPropertyName("applications")] IReadOnlyList<ApplicationWire> Applications,
    [property: JsonPropertyName("next")] string? Next);

/// <summary>Why a request was refused.</summary>
internal sealed record OperatorErrorWire(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description,
    [property: JsonPropertyName("problems")] IReadOnlyList<string>? Problems);

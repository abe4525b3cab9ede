using System.Text.Json.Serialization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Authorization;

/// <summary>A token response: RFC 6749 5.1 and what the SDKs read beside it.</summary>
internal sealed record TokenWire(
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("account_id")] string? AccountId,
    [property: JsonPropertyName("sub")] string Sub,
    [property: JsonPropertyName("linking_profile")] LinkingProfileWire? LinkingProfile,
    [property: JsonPropertyName("application_calendar_id")] string? ApplicationCalendarId)
{
    public static TokenWire From(IssuedTokens issued) => new(
        "bearer",
        issued.AccessToken,
        issued.ExpiresIn,
        issued.RefreshToken,
        issued.Scope,
        GrainKeys.IsApplicationCalendarGrant(issued.AccountId) ? null : issued.AccountId,
        issued.AccountId,
        issued.LinkingProfile is { } profile ? LinkingProfileWire.From(profile) : null,
        issued.ApplicationCalendarId);

    public override string ToString() => $"TokenWire({Sub})";
}

using System.Text.Json.Serialization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
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

/// <summary>The profile that was connected or confirmed last.</summary>
internal sealed record LinkingProfileWire(
    [property: JsonPropertyName("provider_name")] string ProviderName,
    [property: JsonPropertyName("profile_id")] string ProfileId,
    [property: JsonPropertyName("profile_name")] string? ProfileName)
{
    public static LinkingProfileWire From(ConnectionSummary profile) => new(
        profile.ProviderName,
        profile.ConnectionId,
        profile.ProfileName.Length == 0 ? null : profile.ProfileName);

    public override string ToString() => ProfileId;
}

/// <summary>RFC 6749 5.2.</summary>
internal sealed record ProtocolErrorWire(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string? Description);

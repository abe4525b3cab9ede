using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Authorization;

/// <summary>The shapes of token calls.</summary>
internal static class TokenSchemas
{
    private static readonly ApiField[] Client =
    [
        May("client_id", ApiIds.Application, "Unless Basic is used."),
        May("client_secret", ApiIds.Secret, "Unless Basic is used."),
    ];

    private static readonly ApiSchema LinkingProfile = ApiSchema.Object(
        "LinkingProfile",
        "The profile that was connected or confirmed last.",
        Must("provider_name", ApiSchema.Text(64)),
        Must("profile_id", ApiIds.Profile),
        May("profile_name", ApiIds.Name));

    public static ApiSchema Token { get; } = ApiSchema.Object(
        "Token",
        "Tokens of a grant (RFC 6749 5.1).",
        Must("token_type", ApiSchema.Word("bearer")),
        Must("access_token", ApiIds.Secret),
        Must("expires_in", ApiSchema.Integer(0, 86_400), "Seconds."),
        Must("refresh_token", ApiIds.Secret),
        Must("scope", ApiIds.Scope),
        May("account_id", ApiIds.Account, "Not of an application calendar."),
        Must("sub", ApiIds.Account),
        May("linking_profile", LinkingProfile),
        May("application_calendar_id", ApiSchema.Text(255), "The application's own key of an application calendar."));

    public static ApiSchema TokenRequest { get; } = ApiSchema.Object(
        "TokenRequest",
        "A code or a refresh token to be exchanged.",
        [
            .. Client,
            Must("grant_type", ApiSchema.Word("authorization_code", "refresh_token")),
            May("code", ApiIds.Secret, "With authorization_code."),
            May("redirect_uri", ApiSchema.Url, "With authorization_code: as it was in the authorization request."),
            May("code_verifier", ApiSchema.Formatted(null, 128, "^[A-Za-z0-9._~-]{43,128}$"), "With a code that was asked for with PKCE."),
            May("refresh_token", ApiIds.Secret, "With refresh_token."),
            May("scope", ApiIds.Scope, "With refresh_token: less than was granted."),
        ]);

    public static ApiSchema Revocation { get; } = ApiSchema.Object(
        "RevocationRequest",
        "Which grant is to go. Of token, sub and refresh_token the first that is given counts.",
        [
            .. Client,
            May("token", ApiIds.Secret, "An access or a refresh token."),
            May("sub", ApiIds.Account),
            May("refresh_token", ApiIds.Secret, "Another word for token."),
        ]);

    public static ApiSchema ApplicationCalendar { get; } = ApiSchema.Object(
        "ApplicationCalendarRequest",
        "A calendar of the application's own.",
        [.. Client, Must("application_calendar_id", ApiSchema.Text(255), "The application's own key; the same key is the same calendar.")]);
}

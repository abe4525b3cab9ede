namespace CalendarActors.Simulators.Google.Auth;

/// <summary>A code on its way from the consent page to the token endpoint.</summary>
internal sealed record AuthorizationCode(
    string Text,
    string Email,
    IReadOnlySet<string> Scopes,
    string RedirectUri,
    string? Challenge,
    string? ChallengeMethod,
    bool GivesRefreshToken,
    DateTimeOffset Expires);

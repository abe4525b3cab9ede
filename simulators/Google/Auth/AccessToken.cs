namespace CalendarActors.Simulators.Google.Auth;

/// <summary>An access token.</summary>
internal sealed record AccessToken(string Text, string Email, IReadOnlySet<string> Scopes, DateTimeOffset Expires);

namespace CalendarActors.Simulators.Google;

/// <summary>Tokens given to a test without the consent page.</summary>
/// <param name="AccessToken">For requests.</param>
/// <param name="RefreshToken">For new access tokens.</param>
/// <param name="Scope">What was granted, separated by blanks.</param>
/// <param name="ExpiresIn">Life of the access token.</param>
public sealed record IssuedGoogleTokens(string AccessToken, string RefreshToken, string Scope, TimeSpan ExpiresIn);

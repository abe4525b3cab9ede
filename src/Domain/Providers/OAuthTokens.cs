using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Providers;

/// <summary>What a provider issued.</summary>
/// <param name="AccessToken">For calls; a secret.</param>
/// <param name="ExpiresAt">When the access token dies.</param>
/// <param name="Renewal">
/// What gets the next access token: a refresh token, or a token cache that holds one; a secret, opaque but to the provider.
/// </param>
/// <param name="Missing">Permissions that were asked for and not granted, in the provider's words; empty when all were.</param>
public sealed record OAuthTokens(string AccessToken, Instant ExpiresAt, string Renewal, ImmutableArray<string> Missing)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"OAuthTokens(until {ExpiresAt}, {Missing.Length} missing)";
}

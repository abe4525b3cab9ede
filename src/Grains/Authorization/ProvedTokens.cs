using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using NodaTime;

namespace CalendarActors.Grains.Authorization;

/// <summary>What came with a login beside its access token, in a form that is sealed as JSON.</summary>
/// <param name="Renewal"><see cref="OAuthTokens.Renewal"/>.</param>
/// <param name="ExpiresAt">In milliseconds since 1970.</param>
/// <param name="Missing"><see cref="OAuthTokens.Missing"/>.</param>
internal sealed record ProvedTokens(string Renewal, long ExpiresAt, string[] Missing)
{
    public static ProvedTokens Of(OAuthTokens tokens) =>
        new(tokens.Renewal, tokens.ExpiresAt.ToUnixTimeMilliseconds(), [.. tokens.Missing]);

    public OAuthTokens With(string accessToken) =>
        new(accessToken, Instant.FromUnixTimeMilliseconds(ExpiresAt), Renewal, ImmutableArray.Create(Missing));

    /// <summary>Prints no secret.</summary>
    public override string ToString() => "ProvedTokens";
}

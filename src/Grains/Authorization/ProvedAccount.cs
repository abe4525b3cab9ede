using CalendarActors.Domain.Providers;

namespace CalendarActors.Grains.Authorization;

/// <summary>A login that its provider accepted.</summary>
/// <param name="Account">Who it is there, and the credential.</param>
/// <param name="Tokens">What renews the credential; null for a password.</param>
internal sealed record ProvedAccount(ProviderAccount Account, ProvedTokens? Tokens);

using System.Collections.Immutable;
using CalendarActors.Grains.Sync;

namespace CalendarActors.Grains.Connections;

/// <summary>A login that was taken away, as stored until its provider has been told.</summary>
/// <param name="ProviderName">A value of <c>provider_name</c>.</param>
/// <param name="Tokens">What the provider issued.</param>
/// <param name="Watches">What told us of changes in the list of calendars; a row of an earlier version has none.</param>
[GenerateSerializer, Immutable, Alias("former-login-state")]
internal sealed record FormerLoginState(
    [property: Id(0)] string ProviderName,
    [property: Id(1)] ConnectionTokensState Tokens,
    [property: Id(2)] ImmutableArray<WatchState> Watches);

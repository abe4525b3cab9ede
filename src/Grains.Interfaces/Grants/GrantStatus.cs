using System.Collections.Immutable;

namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>A grant as the operator sees it: no name, no token.</summary>
/// <param name="ClientId"><c>app_…</c>.</param>
/// <param name="Scope">Everything that the person ever allowed.</param>
/// <param name="ConnectionIds"><c>pro_…</c>, the person's.</param>
/// <param name="ChannelIds"><c>chn_…</c>, those that closed by themselves included.</param>
/// <param name="UnrestrictedCalendars">In how many calendars the application may change what it did not make.</param>
[GenerateSerializer, Immutable, Alias("grant-status")]
public sealed record GrantStatus(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string Scope,
    [property: Id(2)] ImmutableArray<string> ConnectionIds,
    [property: Id(3)] ImmutableArray<string> ChannelIds,
    [property: Id(4)] int UnrestrictedCalendars);

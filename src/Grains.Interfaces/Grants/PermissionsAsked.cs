using System.Collections.Immutable;

namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>What is left to ask the person for.</summary>
/// <param name="GrantId"><c>acc_…</c>.</param>
/// <param name="ClientId">Who asks.</param>
/// <param name="PersonId">Who is asked.</param>
/// <param name="CalendarIds">Calendars to raise; empty when nothing is left.</param>
[GenerateSerializer, Immutable, Alias("permissions-asked")]
public sealed record PermissionsAsked(
    [property: Id(0)] string GrantId,
    [property: Id(1)] string ClientId,
    [property: Id(2)] string PersonId,
    [property: Id(3)] ImmutableArray<string> CalendarIds);

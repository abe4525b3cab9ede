using System.Collections.Immutable;

namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>What an application may do in one calendar, beyond its scope.</summary>
/// <param name="CalendarId"><c>cal_…</c>.</param>
/// <param name="IsUnrestricted">True when it may change what it did not make.</param>
/// <param name="Addresses">The mail addresses of the login: who is organizer or guest there.</param>
[GenerateSerializer, Immutable, Alias("calendar-reach")]
public sealed record CalendarReach(
    [property: Id(0)] string CalendarId,
    [property: Id(1)] bool IsUnrestricted,
    [property: Id(2)] ImmutableArray<string> Addresses)
{
    /// <summary>Prints no address.</summary>
    public override string ToString() => CalendarId;
}

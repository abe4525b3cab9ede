using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>News of a connection that its person must be told, as stored.</summary>
/// <param name="Kind">Which.</param>
/// <param name="PersonId">Whose it was then.</param>
/// <param name="Version">The connection's version that made it so: one that was never stored is no news.</param>
/// <param name="Since">When.</param>
[GenerateSerializer, Immutable, Alias("owed-news-state")]
internal sealed record OwedNewsState(
    [property: Id(0)] NewsKind Kind,
    [property: Id(1)] string PersonId,
    [property: Id(2)] long Version,
    [property: Id(3)] Instant Since);

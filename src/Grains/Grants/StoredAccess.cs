using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Grants;

[GenerateSerializer, Immutable, Alias("stored-access")]
internal sealed record StoredAccess(
    [property: Id(0)] ImmutableArray<byte> Hash,
    [property: Id(1)] int Family,
    [property: Id(2)] int Generation,
    [property: Id(3)] string Scope,
    [property: Id(4)] Instant ExpiresAt);

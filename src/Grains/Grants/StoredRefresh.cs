using System.Collections.Immutable;

namespace CalendarActors.Grains.Grants;

[GenerateSerializer, Immutable, Alias("stored-refresh")]
internal sealed record StoredRefresh(
    [property: Id(0)] ImmutableArray<byte> Hash,
    [property: Id(1)] int Family,
    [property: Id(2)] int Generation,
    [property: Id(3)] string Scope);

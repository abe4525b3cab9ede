using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Grants;

[GenerateSerializer, Immutable, Alias("stored-link")]
internal sealed record StoredLink([property: Id(0)] ImmutableArray<byte> Hash, [property: Id(1)] Instant ExpiresAt);

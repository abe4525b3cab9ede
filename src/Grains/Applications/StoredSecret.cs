using System.Collections.Immutable;
using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Grains.Applications;

/// <summary>A client secret: hashed to compare, sealed to sign notifications with.</summary>
[GenerateSerializer, Immutable, Alias("stored-secret")]
internal sealed record StoredSecret(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<byte> Hash,
    [property: Id(2)] SealedSecret Sealed,
    [property: Id(3)] Instant Created);

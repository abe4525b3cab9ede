using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Grants;

[GenerateSerializer, Immutable, Alias("stored-code")]
internal sealed record StoredCode(
    [property: Id(0)] ImmutableArray<byte> Hash,
    [property: Id(1)] int Family,
    [property: Id(2)] string Scope,
    [property: Id(3)] string RedirectUri,
    [property: Id(4)] string? CodeChallenge,
    [property: Id(5)] Instant ExpiresAt,
    [property: Id(6)] bool IsUsed);

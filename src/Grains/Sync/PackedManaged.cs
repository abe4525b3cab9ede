using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A <see cref="ManagedEvent"/>, as stored.</summary>
[GenerateSerializer, Immutable, Alias("packed-managed")]
internal sealed record PackedManaged(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string EventId,
    [property: Id(2)] int Incarnation,
    [property: Id(3)] string EventKey,
    [property: Id(4)] string? ItemId,
    [property: Id(5)] long AppliedThrough,
    [property: Id(6)] Instant Changed);

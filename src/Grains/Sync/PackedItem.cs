using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A <see cref="KnownItem"/>, as stored.</summary>
[GenerateSerializer, Immutable, Alias("packed-item")]
internal sealed record PackedItem(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Version,
    [property: Id(2)] CalendarObject Object,
    [property: Id(3)] Instant Created,
    [property: Id(4)] Instant Updated);

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A <see cref="Ghost"/>, as stored.</summary>
[GenerateSerializer, Immutable, Alias("packed-ghost")]
internal sealed record PackedGhost(
    [property: Id(0)] string ItemId,
    [property: Id(1)] CalendarObject Was,
    [property: Id(2)] string? ClientId,
    [property: Id(3)] string? EventId,
    [property: Id(4)] string Identity,
    [property: Id(5)] Instant Created,
    [property: Id(6)] Instant Gone);

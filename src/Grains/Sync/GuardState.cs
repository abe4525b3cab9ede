using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A write that the provider took, as stored.</summary>
/// <param name="ItemId">The item written or deleted.</param>
/// <param name="PriorVersion">Its version before; null when there was none.</param>
/// <param name="Taken">When the provider took it.</param>
[GenerateSerializer, Immutable, Alias("guard-state")]
internal sealed record GuardState(
    [property: Id(0)] string ItemId, [property: Id(1)] string? PriorVersion, [property: Id(2)] Instant Taken);

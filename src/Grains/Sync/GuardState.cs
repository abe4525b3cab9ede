using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A write that the provider took, as stored.</summary>
/// <param name="ItemId">The item written or deleted.</param>
/// <param name="PriorVersion">Its version before; null when there was none.</param>
/// <param name="Taken">When the provider took it.</param>
[GenerateSerializer, Immutable, Alias("guard-state")]
internal sealed record GuardState(
    [property: Id(0)] string ItemId, [property: Id(1)] string? PriorVersion, [property: Id(2)] Instant Taken)
{
    /// <summary>A write that no pull has confirmed for so long has everything compared.</summary>
    public static readonly Duration Life = Duration.FromMinutes(10);

    /// <summary>What a comparison says of a write at least so old is believed. No reader is known to lag so far behind.</summary>
    public static readonly Duration Settles = Duration.FromMinutes(5);
}

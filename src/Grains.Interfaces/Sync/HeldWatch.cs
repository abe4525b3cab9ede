using NodaTime;

namespace CalendarActors.Grains.Interfaces.Sync;

/// <summary>A watch that a provider has taken.</summary>
/// <param name="Id">Google: the channel id that we chose. Graph: the subscription id that it gave.</param>
/// <param name="ResourceId">Google: what a channel is stopped with. Null for Graph.</param>
/// <param name="ExpiresAt">When it ends.</param>
[GenerateSerializer, Immutable, Alias("held-watch")]
public sealed record HeldWatch(
    [property: Id(0)] string Id, [property: Id(1)] string? ResourceId, [property: Id(2)] Instant ExpiresAt);

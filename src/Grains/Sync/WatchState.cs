using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>One watch of a calendar, as stored before the provider is asked for it and after it was given.</summary>
/// <param name="Id">Ours until the provider has taken it, then the provider's.</param>
/// <param name="ResourceId">Google: what the channel is stopped with.</param>
/// <param name="SecretHash">SHA-256 of what each notification must bring.</param>
/// <param name="Started">When it was started or renewed last.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="IsTaken">True once the provider has taken it. Notifications may come before.</param>
[GenerateSerializer, Immutable, Alias("watch-state")]
internal sealed record WatchState(
    [property: Id(0)] string Id,
    [property: Id(1)] string? ResourceId,
    [property: Id(2)] ImmutableArray<byte> SecretHash,
    [property: Id(3)] Instant Started,
    [property: Id(4)] Instant ExpiresAt,
    [property: Id(5)] bool IsTaken)
{
    /// <summary>
    /// The watches of a login that was connected anew: those taken count as ended, so that others are started. A person who
    /// takes access back ends them, and nobody tells us. One that is alive all the same is stopped when it notifies.
    /// </summary>
    public static ImmutableArray<WatchState> Doubted(ImmutableArray<WatchState> held, Instant now) =>
        [.. held.Select(w => w.IsTaken && w.ExpiresAt > now ? w with { ExpiresAt = now } : w)];
}

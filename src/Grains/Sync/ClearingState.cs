using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>An accepted <see cref="Domain.Sync.Clearing"/>, as stored: one record, however much it covers.</summary>
/// <param name="Sequence">Its place among the writes.</param>
/// <param name="ClientId">The application.</param>
/// <param name="Accepted">When it was accepted.</param>
/// <param name="NotBefore">No attempt before then; null for at once.</param>
/// <param name="Attempts">Failed attempts in a row.</param>
[GenerateSerializer, Immutable, Alias("clearing-state")]
internal sealed record ClearingState(
    [property: Id(0)] long Sequence,
    [property: Id(1)] string ClientId,
    [property: Id(2)] Instant Accepted,
    [property: Id(3)] Instant? NotBefore,
    [property: Id(4)] int Attempts)
{
    /// <summary>What it means.</summary>
    public Clearing Clearing => new(Sequence, ClientId, Accepted);
}

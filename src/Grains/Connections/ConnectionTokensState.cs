using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Connections;

namespace CalendarActors.Grains.Connections;

/// <summary>What the provider issued, sealed, as stored: written by a claim, by a renewal, and by nothing else.</summary>
[GenerateSerializer, Immutable, Alias("connection-tokens-state")]
internal sealed record ConnectionTokensState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>Null for a native connection, and when there is none.</summary>
    [Id(1)]
    public SealedSecret? Access { get; init; }

    /// <summary>Rises with every credential; never given twice, because a claim after a revocation starts from the clock.</summary>
    [Id(2)]
    public long Version { get; init; }

    /// <summary>Gets the next access token; null for a password and for a native connection.</summary>
    [Id(3)]
    public SealedRenewal? Renewal { get; init; }
}

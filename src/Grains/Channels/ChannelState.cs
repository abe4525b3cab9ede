using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Channels;
using NodaTime;

namespace CalendarActors.Grains.Channels;

/// <summary>A channel and its finished deliveries, as stored.</summary>
[GenerateSerializer, Immutable, Alias("channel-state")]
internal sealed record ChannelState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    [Id(1)]
    public string ClientId { get; init; } = "";

    [Id(2)]
    public string GrantId { get; init; } = "";

    /// <summary>Whom it listens to.</summary>
    [Id(3)]
    public string PersonId { get; init; } = "";

    /// <summary>The callback's URL; null where there is no channel.</summary>
    [Id(4)]
    public SealedSecret? Callback { get; init; }

    [Id(5)]
    public ChannelFilter Filter { get; init; } = ChannelFilter.None;

    [Id(6)]
    public ChannelSettings Settings { get; init; } = ChannelSettings.Default;

    /// <summary>Read so far of the person's feed, as far as it is stored what came of it; null until it listens.</summary>
    [Id(7)]
    public long? Position { get; init; }

    /// <summary>The last sequence that a delivery was given.</summary>
    [Id(8)]
    public long LastSequence { get; init; }

    /// <summary>Finished deliveries, oldest first.</summary>
    [Id(9)]
    public ImmutableArray<Delivery> Log { get; init; } = [];

    /// <summary>Why it closed by itself; null while it is open.</summary>
    [Id(10)]
    public CloseReason? Closed { get; init; }

    [Id(11)]
    public Instant? ClosedAt { get; init; }

    /// <summary>An outbox of this revision, or an older one, was settled before this row was written.</summary>
    [Id(12)]
    public long Settled { get; init; }

    /// <summary>True when there is a channel, open or closed.</summary>
    public bool Exists => Callback is not null;

    /// <summary>True while it tells.</summary>
    public bool IsOpen => Exists && Closed is null;
}

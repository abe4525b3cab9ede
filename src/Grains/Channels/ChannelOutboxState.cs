using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using NodaTime;

namespace CalendarActors.Grains.Channels;

/// <summary>What a channel has not told yet, as stored: the row exists only while there is something.</summary>
[GenerateSerializer, Immutable, Alias("channel-outbox-state")]
internal sealed record ChannelOutboxState
{
    /// <summary>Nothing is owed.</summary>
    public static ChannelOutboxState Empty { get; } = new();

    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>Rises with every write.</summary>
    [Id(1)]
    public long Revision { get; init; }

    /// <summary>The delivery that is being tried.</summary>
    [Id(2)]
    public Delivery? Pending { get; init; }

    /// <summary>What follows it: at most one of each kind.</summary>
    [Id(3)]
    public ImmutableArray<Notice> Waiting { get; init; } = [];

    /// <summary>Since when something waits.</summary>
    [Id(4)]
    public Instant? WaitingSince { get; init; }

    /// <summary>As <see cref="ChannelState.Position"/>, where this row is the newer.</summary>
    [Id(5)]
    public long? Position { get; init; }

    /// <summary>As <see cref="ChannelState.LastSequence"/>, where this row is the newer.</summary>
    [Id(6)]
    public long LastSequence { get; init; }

    /// <summary>The person whom it must stop listening to; null for none.</summary>
    [Id(7)]
    public string? Leave { get; init; }

    /// <summary>Why it closes by itself, where it leaves for that; null where it is forgotten.</summary>
    [Id(8)]
    public CloseReason? Closing { get; init; }

    [Id(9)]
    public Instant? ClosingAt { get; init; }

    /// <summary>True when nothing is owed.</summary>
    public bool IsEmpty => Pending is null && Waiting.IsEmpty && Leave is null;

    /// <summary>Deliveries that are owed.</summary>
    public int Count => Waiting.Length + (Pending is null ? 0 : 1);

    /// <summary>What is owed by a channel that ends: it stops listening.</summary>
    /// <param name="personId">To whom it listens.</param>
    /// <param name="reason">Why it closed by itself; null where it is forgotten.</param>
    /// <param name="now">The clock.</param>
    public static ChannelOutboxState Leaving(string personId, CloseReason? reason, Instant now) =>
        Empty with { Leave = personId, Closing = reason, ClosingAt = reason is null ? null : now };

    /// <summary>The channel as this makes it, where its own row was not written any more.</summary>
    public ChannelState Applied(ChannelState channel) => this switch
    {
        { Leave: null } => channel with
        {
            Position = Later(Position, channel.Position),
            LastSequence = Math.Max(LastSequence, channel.LastSequence),
        },
        { Closing: { } reason } => channel with { Closed = reason, ClosedAt = ClosingAt },
        _ => new ChannelState(),
    };

    /// <summary>The same with one more notice.</summary>
    public ChannelOutboxState With(Notice notice, Instant now) => this with
    {
        Waiting = [.. Notice.Waiting(Waiting, notice)],
        WaitingSince = WaitingSince ?? now,
    };

    private static long? Later(long? one, long? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;
}

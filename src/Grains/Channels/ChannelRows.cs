namespace CalendarActors.Grains.Channels;

/// <summary>The two rows of a channel: as they are, and as they are stored. The latter follows when it is saved.</summary>
/// <remarks>
/// What is owed is stored before what it follows from, and settled before it is taken away: a crash in between leaves a
/// duty too many or forgets a finished delivery's line, never something to tell. Saving passes one queue.
/// </remarks>
internal sealed class ChannelRows : IDisposable
{
    private readonly IPersistentState<ChannelState> _channel;
    private readonly IPersistentState<ChannelOutboxState> _outbox;
    private readonly Action _end;
    private readonly SemaphoreSlim _queue = new(1, 1);
    private long _revision;

    public ChannelRows(IPersistentState<ChannelState> channel, IPersistentState<ChannelOutboxState> outbox, Action end)
    {
        (_channel, _outbox, _end) = (channel, outbox, end);
        (Channel, Stored) = (channel.State, channel.State);
        (Outbox, StoredOutbox) = (outbox.State, outbox.State);
        _revision = Math.Max(outbox.State.Revision, channel.State.Settled);
        if (outbox.RecordExists && outbox.State.Revision <= channel.State.Settled)
        {
            Outbox = ChannelOutboxState.Empty;
        }
        else if (outbox.RecordExists)
        {
            Channel = Outbox.Applied(Channel);
        }
    }

    /// <summary>The channel as it is.</summary>
    public ChannelState Channel { get; private set; }

    /// <summary>What is owed as it is.</summary>
    public ChannelOutboxState Outbox { get; private set; }

    /// <summary>The channel as it is stored, which is what callers are shown.</summary>
    public ChannelState Stored { get; private set; }

    /// <summary>What is owed as it is stored.</summary>
    public ChannelOutboxState StoredOutbox { get; private set; }

    /// <summary>True once a write failed: storage may or may not have it, so nothing more is decided here.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>True when there is something to save.</summary>
    public bool IsUnsaved => !ReferenceEquals(Outbox, StoredOutbox) || !IsSaved(Channel);

    /// <summary>Changes what is owed.</summary>
    public void Owe(Func<ChannelOutboxState, ChannelOutboxState> change) => Outbox = change(Outbox);

    /// <summary>Changes the channel.</summary>
    public void Change(Func<ChannelState, ChannelState> change) => Channel = change(Channel);

    /// <summary>Stores both as they are now.</summary>
    public async Task SaveAsync()
    {
        await _queue.WaitAsync();
        try
        {
            if (IsEnding)
            {
                throw new InvalidOperationException("A write failed, so this activation ends; the next one reads what is stored.");
            }

            await WriteAsync(Channel, Outbox);
        }
        finally
        {
            _queue.Release();
        }
    }

    public void Dispose() => _queue.Dispose();

    private async Task WriteAsync(ChannelState channel, ChannelOutboxState outbox)
    {
        if (!outbox.IsEmpty && !ReferenceEquals(outbox, StoredOutbox))
        {
            ChannelOutboxState row = outbox with
            {
                Revision = ++_revision,
                Position = channel.Position,
                LastSequence = channel.LastSequence,
            };
            await _outbox.CommitAsync(row, End, CancellationToken.None);
            StoredOutbox = outbox;
        }

        if (!channel.Exists)
        {
            await _channel.ClearOrEndAsync(End);
            Stored = channel;
        }
        else if (!IsSaved(channel) || (outbox.IsEmpty && _outbox.RecordExists))
        {
            ChannelState row = outbox.IsEmpty ? channel with { Settled = _revision } : channel;
            await _channel.CommitAsync(row, End, CancellationToken.None);
            Stored = channel;
        }

        if (outbox.IsEmpty)
        {
            await _outbox.ClearOrEndAsync(End);
            StoredOutbox = outbox;
        }
    }

    // How far it has read need not be stored where nothing came of it: it would be read again, and nothing come of it again.
    private bool IsSaved(ChannelState channel) => channel == Stored || (channel.Position is not null && Stored.Position is not null
        && channel with { Position = Stored.Position, LastSequence = Stored.LastSequence } == Stored);

    private void End()
    {
        IsEnding = true;
        _end();
    }
}

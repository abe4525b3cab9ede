using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>The three rows of a connection. Every write passes one queue; readers see a row only once it is written.</summary>
internal sealed class ConnectionRows(
    IPersistentState<ConnectionMetaState> meta,
    IPersistentState<ConnectionTokensState> tokens,
    IPersistentState<ConnectionOutboxState> outbox,
    Func<Instant> now,
    Action end) : IDisposable
{
    // The first and two more.
    private const int RenewalWrites = 3;

    private readonly SemaphoreSlim _queue = new(1, 1);

    /// <summary>True once a write failed: storage may or may not have it, so nothing more is decided here.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Identity, health and calendars.</summary>
    public ConnectionMetaState Meta { get; private set; } = meta.State;

    /// <summary>The credential.</summary>
    public ConnectionTokensState Tokens { get; private set; } = tokens.State;

    /// <summary>What is owed.</summary>
    public ConnectionOutboxState Outbox { get; private set; } = outbox.State;

    /// <summary>Changes meta and what is owed because of it: what the caller says, and news for those who listen.</summary>
    /// <remarks>What is owed goes first: a duty without its cause finds nothing to do, a cause without its duty is lost.</remarks>
    /// <param name="change">Makes the next meta; the same for no change.</param>
    /// <param name="owed">Makes what is owed then, from the next meta; null for nothing new.</param>
    public Task ChangeAsync(
        Func<ConnectionMetaState, ConnectionMetaState> change,
        Func<ConnectionOutboxState, ConnectionMetaState, ConnectionOutboxState>? owed = null) => QueuedAsync(async () =>
    {
        ConnectionMetaState next = change(Meta);
        if (next == Meta)
        {
            return;
        }

        next = ConnectionNews.Noted(Meta, next);
        ImmutableArray<OwedNewsState> news = ConnectionNews.Of(Meta, next, now());
        if (owed is not null || !news.IsEmpty)
        {
            await WriteOutboxAsync((owed?.Invoke(Outbox, next) ?? Outbox).With(news, Meta.Version));
        }

        await meta.CommitAsync(next, End, CancellationToken.None);
        Meta = next;
    });

    /// <summary>Stores a credential.</summary>
    public Task ChangeTokensAsync(Func<ConnectionTokensState, ConnectionTokensState> change) => QueuedAsync(async () =>
    {
        ConnectionTokensState next = change(Tokens);
        await tokens.CommitAsync(next, End, CancellationToken.None);
        Tokens = next;
    });

    /// <summary>Stores what a renewal gave, in place of the credential that it consumed.</summary>
    /// <remarks>
    /// What cannot be had again is not given up for one failed write: what is stored is read again. Where it is still what
    /// was consumed, ours is written over it; where it is something else, by a claim or another activation, that stays.
    /// </remarks>
    public Task RenewTokensAsync(ConnectionTokensState consumed, ConnectionTokensState next) => QueuedAsync(async () =>
    {
        if (!ReferenceEquals(Tokens, consumed))
        {
            return;
        }

        try
        {
            for (int left = RenewalWrites; ; left--)
            {
                try
                {
                    tokens.State = next;
                    await tokens.WriteStateAsync(CancellationToken.None);
                    break;
                }
                catch (Exception) when (left > 1)
                {
                    await tokens.ReadStateAsync(CancellationToken.None);
                    if (tokens.State.Version != consumed.Version)
                    {
                        break;
                    }
                }
            }
        }
        catch
        {
            tokens.State = consumed;
            End();
            throw;
        }

        Tokens = tokens.State;
    });

    /// <summary>Forgets the credential.</summary>
    public Task ForgetTokensAsync() => QueuedAsync(async () =>
    {
        await tokens.ClearOrEndAsync(End);
        Tokens = new ConnectionTokensState { Version = Tokens.Version };
    });

    /// <summary>Changes what is owed. The row goes when nothing is.</summary>
    public Task ChangeOutboxAsync(Func<ConnectionOutboxState, ConnectionOutboxState> change) =>
        QueuedAsync(() => WriteOutboxAsync(change(Outbox)));

    public void Dispose() => _queue.Dispose();

    private async Task WriteOutboxAsync(ConnectionOutboxState next)
    {
        if (next.IsEmpty)
        {
            await outbox.ClearOrEndAsync(End);
            next = new ConnectionOutboxState();
        }
        else if (next != Outbox)
        {
            await outbox.CommitAsync(next, End, CancellationToken.None);
        }

        Outbox = next;
    }

    private async Task QueuedAsync(Func<Task> work)
    {
        await _queue.WaitAsync();
        try
        {
            if (IsEnding)
            {
                throw new InvalidOperationException("A write failed, so this activation ends; the next one reads what is stored.");
            }

            await work();
        }
        finally
        {
            _queue.Release();
        }
    }

    private void End()
    {
        IsEnding = true;
        end();
    }
}

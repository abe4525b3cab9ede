namespace CalendarActors.Grains.Triggers;

/// <summary>The row of a calendar's triggers. Every write passes one queue, and decides on what is there then.</summary>
internal sealed class TriggerRows(IPersistentState<TriggerState> stored, Action end) : IDisposable
{
    private readonly SemaphoreSlim _queue = new(1, 1);

    /// <summary>True once a write failed: storage may or may not have it, so nothing more is decided here.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>As it is stored.</summary>
    public TriggerState State { get; private set; } = stored.State;

    /// <summary>Changes it.</summary>
    /// <param name="change">Null, or the same, leaves it as it is.</param>
    public Task ChangeAsync(Func<TriggerState, ValueTask<TriggerState?>> change) => QueuedAsync(async () =>
    {
        if (await change(State) is { } next && !ReferenceEquals(next, State))
        {
            await stored.CommitAsync(next, End, CancellationToken.None);
            State = next;
        }
    });

    /// <summary>Deletes the row, unless somebody subscribed meanwhile.</summary>
    /// <param name="after">What goes with it, before anybody can subscribe again.</param>
    public Task ClearAsync(Func<Task> after) => QueuedAsync(async () =>
    {
        if (State.Events.IsEmpty)
        {
            await stored.ClearOrEndAsync(End);
            State = new TriggerState();
            await after();
        }
    });

    public void Dispose() => _queue.Dispose();

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

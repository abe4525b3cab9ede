namespace CalendarActors.Grains.Sync;

/// <summary>The three rows of a calendar. Every write passes one queue; readers see a row only once it is written.</summary>
/// <remarks>
/// Turns interleave at every await, so whoever changes a row decides inside the queue, on what is there then. The queue
/// is never held across anything but storage and sealing.
/// </remarks>
internal sealed class CalendarRows(
    IPersistentState<CalendarMetaState> meta,
    IPersistentState<CalendarScheduleState> schedule,
    IPersistentState<CalendarOutboxState> outbox,
    Action end) : IDisposable
{
    private readonly SemaphoreSlim _queue = new(1, 1);
    private long _toldThrough;

    /// <summary>True once a write failed: storage may or may not have it, so nothing more is decided here.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Identity and health.</summary>
    public CalendarMetaState Meta { get; private set; } = meta.State;

    /// <summary>The committed schedule.</summary>
    public CalendarScheduleState Schedule { get; private set; } = schedule.State;

    /// <summary>What is owed.</summary>
    public CalendarOutboxState Outbox { get; private set; } = outbox.State;

    /// <summary>What is committed and not told; null when there is nothing.</summary>
    public UnannouncedState? Untold =>
        Schedule.Unannounced is { } last && Outbox.AnnouncedThrough is { } through && last.Version > Math.Max(through, _toldThrough)
            ? last
            : null;

    /// <summary>Changes meta; nothing is written when nothing changes.</summary>
    public Task ChangeMetaAsync(Func<CalendarMetaState, CalendarMetaState> change) => QueuedAsync(async () =>
    {
        CalendarMetaState next = change(Meta);

        // A round that still runs while the calendar is forgotten must not bring a row back.
        if (next != Meta && next.Connected is not null)
        {
            await meta.CommitAsync(next, End, CancellationToken.None);
            Meta = next;
        }

        return true;
    });

    /// <summary>What was committed up to a version is told. The row says so the next time it is written.</summary>
    public void Told(long version) => _toldThrough = Math.Max(_toldThrough, version);

    /// <summary>Changes what is owed. The row goes when nothing is.</summary>
    /// <param name="change">Null leaves it as it is.</param>
    /// <returns>False when it was left as it is.</returns>
    public Task<bool> ChangeOutboxAsync(Func<CalendarOutboxState, CalendarOutboxState?> change) => QueuedAsync(async () =>
    {
        if (!IsConnected || change(Outbox) is not { } next)
        {
            return false;
        }

        await WriteOutboxAsync(Untold is not null ? next : next with
        {
            AnnouncedThrough = next.IsQuiet ? null : Schedule.Version,
        });
        return true;
    });

    /// <summary>Commits a schedule. That what readers see of it must be told is owed before.</summary>
    /// <param name="change">Makes the next row; null leaves it as it is.</param>
    public Task<bool> ChangeScheduleAsync(Func<CalendarScheduleState, ValueTask<CalendarScheduleState?>> change) =>
        QueuedAsync(async () =>
        {
            if (!IsConnected || await change(Schedule) is not { } next)
            {
                return false;
            }

            if (next.Unannounced != Schedule.Unannounced && Outbox.AnnouncedThrough is null)
            {
                await WriteOutboxAsync(Outbox with { AnnouncedThrough = Schedule.Version });
            }

            await schedule.CommitAsync(next, End, CancellationToken.None);
            Schedule = next;
            return true;
        });

    /// <summary>Deletes all rows: meta last, so that an interrupted deletion is found again.</summary>
    public Task ForgetAsync() => QueuedAsync(async () =>
    {
        await outbox.ClearOrEndAsync(End);
        Outbox = new CalendarOutboxState();
        await schedule.ClearOrEndAsync(End);
        Schedule = new CalendarScheduleState();
        await meta.ClearOrEndAsync(End);
        Meta = new CalendarMetaState();
        _toldThrough = 0;
        return true;
    });

    public void Dispose() => _queue.Dispose();

    private bool IsConnected => Meta.Connected is not null;

    private async Task WriteOutboxAsync(CalendarOutboxState next)
    {
        if (next.IsEmpty)
        {
            await outbox.ClearOrEndAsync(End);
        }
        else
        {
            await outbox.CommitAsync(next, End, CancellationToken.None);
        }

        Outbox = next;
    }

    private async Task<bool> QueuedAsync(Func<Task<bool>> work)
    {
        await _queue.WaitAsync();
        try
        {
            if (IsEnding)
            {
                throw new InvalidOperationException("A write failed, so this activation ends; the next one reads what is stored.");
            }

            return await work();
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

using System.Collections.Immutable;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Persons;

namespace CalendarActors.Grains.Sync;

/// <summary>One activation's calendar: its rows, and the snapshot that readers see of them.</summary>
internal sealed class CalendarCopy(string calendarId, CalendarRows rows, SyncParts parts)
{
    private CalendarSnapshot? _snapshot;

    public string CalendarId => calendarId;

    public CalendarRows Rows => rows;

    /// <summary>What it was connected with; null when it is not.</summary>
    public ConnectCalendar? Connected => rows.Meta.Connected;

    /// <summary>The cursor that counts: meta's only while it belongs to the schedule that is stored.</summary>
    public string? Cursor =>
        rows.Meta.CursorFor == rows.Schedule.Version ? rows.Meta.Cursor : rows.Schedule.Cursor;

    /// <summary>What readers see now. A new day shows other days, without a change of anything stored.</summary>
    public CalendarSnapshot Snapshot
    {
        get
        {
            ExpandedWindow window = parts.Window;
            if (_snapshot is null
                || _snapshot.Window != window
                || !ReferenceEquals(_snapshot.Schedule, rows.Schedule)
                || _snapshot.Intents != rows.Outbox.Intents
                || _snapshot.Clearings != rows.Outbox.Clearings)
            {
                Drop();
                _snapshot = new CalendarSnapshot(
                    calendarId, rows.Schedule, rows.Outbox.Intents, rows.Outbox.Clearings, window);
            }

            return _snapshot;
        }
    }

    /// <summary>Frees what the silo's cache has of it.</summary>
    public void Drop()
    {
        if (_snapshot is { } old)
        {
            parts.Cache.Drop(old);
            _snapshot = null;
        }
    }

    /// <summary>The name of a managed event at the provider.</summary>
    public string EventKeyOf(ManagedKey key, int incarnation) => parts.EventKeyOf(calendarId, key, incarnation);

    /// <summary>The committed schedule, opened.</summary>
    public ValueTask<Schedule> OpenAsync(CancellationToken cancellationToken) =>
        parts.Envelope.OpenAsync(calendarId, rows.Schedule, cancellationToken);

    /// <summary>The next sequence of a write: above all that were ever applied or are waiting.</summary>
    public static long NextSequence(CalendarScheduleState schedule, CalendarOutboxState outbox) =>
        Math.Max(schedule.AppliedThrough, outbox.LastSequence) + 1;

    /// <summary>Commits a schedule that was decided on what is there now.</summary>
    /// <param name="change">Makes the next schedule; null leaves it as it is.</param>
    /// <param name="writtenBy">The application that need not be told, because it wrote just this; null when there is none.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The schedule that is committed now.</returns>
    public async Task<Schedule> CommitAsync(
        Func<Schedule, Schedule?> change, string? writtenBy, CancellationToken cancellationToken)
    {
        Schedule? committed = null;
        await rows.ChangeScheduleAsync(async state =>
        {
            Schedule before = (await parts.Envelope.OpenAsync(calendarId, state, cancellationToken)) with { Cursor = Cursor };
            Schedule? after = change(before);
            committed = after ?? before;
            return after is null || after.Version == before.Version
                ? null
                : await SealAsync(before, after, writtenBy, cancellationToken);
        });
        return committed!;
    }

    /// <summary>Commits a schedule that was decided on another, if that one is still what is stored.</summary>
    /// <returns>False when another commit came between: decide again.</returns>
    public Task<bool> TryCommitAsync(Schedule before, Schedule after, CancellationToken cancellationToken) =>
        rows.ChangeScheduleAsync(async state => state.Version == before.Version
            ? await SealAsync(before, after, writtenBy: null, cancellationToken)
            : null);

    /// <summary>The row of a schedule, with all that is to be told once it is committed.</summary>
    private async ValueTask<CalendarScheduleState> SealAsync(
        Schedule before, Schedule after, string? writtenBy, CancellationToken cancellationToken)
    {
        ImmutableArray<ChangeOrigin> origins =
            [.. VisibleChanges.OwnersOf(before, after, parts.Window).Select(o => new ChangeOrigin(o, writtenBy))];
        CalendarScheduleState next = await parts.Envelope.SealAsync(calendarId, Connected!.PersonId, after, cancellationToken);
        return next with
        {
            Unannounced = origins.IsEmpty ? rows.Schedule.Unannounced : new UnannouncedState(
                after.Version,
                rows.Untold?.Since ?? after.LastCommit,
                ChangeOrigins.Joined(rows.Untold?.Origins ?? [], origins)),
        };
    }
}

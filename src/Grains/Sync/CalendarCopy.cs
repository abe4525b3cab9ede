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
    /// <param name="settled">Writes that are no longer pending then.</param>
    /// <param name="writtenBy">The application that need not be told, because it wrote just this; null when there is none.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>The schedule that is committed now.</returns>
    public async Task<Schedule> CommitAsync(
        Func<Schedule, Schedule?> change,
        IReadOnlyList<PendingWrite> settled,
        string? writtenBy,
        CancellationToken cancellationToken)
    {
        Schedule? committed = null;
        await rows.ChangeScheduleAsync(async state =>
        {
            Schedule before = (await parts.Envelope.OpenAsync(calendarId, state, cancellationToken)) with { Cursor = Cursor };
            Schedule? after = change(before);
            if (after is null || after.Version == before.Version)
            {
                committed = after ?? before;
                return null;
            }

            committed = await WithGhostsAsync(before, after, settled, cancellationToken);
            return await SealAsync(before, committed, writtenBy, cancellationToken);
        });
        return committed!;
    }

    /// <summary>Commits a schedule that was decided on another, if that one is still what is stored.</summary>
    /// <returns>False when another commit came between: decide again.</returns>
    public Task<bool> TryCommitAsync(Schedule before, Schedule after, CancellationToken cancellationToken) =>
        rows.ChangeScheduleAsync(async state => state.Version == before.Version
            ? await SealAsync(
                before, await WithGhostsAsync(before, after, settled: [], cancellationToken), writtenBy: null, cancellationToken)
            : null);

    /// <summary>With tombstones of what readers saw of writes that are pending, or were until now.</summary>
    private async ValueTask<Schedule> WithGhostsAsync(
        Schedule before, Schedule after, IReadOnlyList<PendingWrite> settled, CancellationToken cancellationToken)
    {
        HashSet<long> gone = [.. settled.Select(w => w.Sequence)];
        HashSet<ManagedKey> touched = [.. settled.Select(w => w.Key)];
        touched.UnionWith(rows.Outbox.Intents
            .Where(i => i.Guard is null)
            .Select(i => i.Key)
            .Where(key => PendingGhosts.IsTouched(before, after, key)));
        if (touched.Count == 0)
        {
            return after;
        }

        List<PendingWrite> others = await parts.Envelope.OpenAsync(
            calendarId,
            [.. rows.Outbox.Intents.Where(i => i.Guard is null && touched.Contains(i.Key) && !gone.Contains(i.Sequence))],
            cancellationToken);
        Clearing[] clearings = [.. rows.Outbox.Clearings.Select(c => c.Clearing)];
        return PendingGhosts.Left(
            before,
            after,
            Touched(ClearingRules.Unfold(before, [.. settled.Concat(others).OrderBy(w => w.Sequence)], clearings)),
            Touched(ClearingRules.Unfold(after, others, clearings)),
            EventKeyOf);

        List<PendingWrite> Touched(IReadOnlyList<PendingWrite> all) => [.. all.Where(w => touched.Contains(w.Key))];
    }

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

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What to do about an accepted write, and what the schedule becomes when it was done.</summary>
public static class WriteRules
{
    /// <summary>Deleted managed events are remembered so long: until then a new one under the same id gets a new name.</summary>
    public static readonly Duration RememberDeleted = Duration.FromDays(400);

    /// <summary>The provider call that a write needs.</summary>
    /// <param name="schedule">What is committed.</param>
    /// <param name="write">The oldest pending write of its event.</param>
    /// <param name="eventKeyOf">The name at the provider.</param>
    /// <returns>Nothing to do when the schedule contains the write already, or when it changes nothing.</returns>
    public static WriteStep Next(Schedule schedule, PendingWrite write, Func<ManagedKey, int, string> eventKeyOf)
    {
        if (write.IsExternal)
        {
            return ExternalWriteRules.Next(schedule, write, eventKeyOf);
        }

        ManagedEvent? managed = schedule.Managed.GetValueOrDefault(write.Key);
        if (managed?.AppliedThrough >= write.Sequence)
        {
            return WriteStep.Nothing;
        }

        KnownItem? item = managed?.ItemId is { } id ? schedule.Items.GetValueOrDefault(id) : null;
        string key = item is null ? eventKeyOf(write.Key, managed?.Incarnation ?? 0) : managed!.EventKey;
        if (write.Change is null)
        {
            // One that was there and seems gone may only be hidden from a reader that lags: the provider decides.
            return item is not null ? new WriteStep(null, key, item.Id, item.Version)
                : managed is not null ? new WriteStep(null, managed.EventKey, null, null)
                : WriteStep.Nothing;
        }

        return item is not null && item.SaysTheSameAs(write.Change.ApplyTo(item.Object, key))
            ? WriteStep.Nothing
            : new WriteStep(new ProviderWrite(key, item?.Id, item?.Version, write.Change), key, item?.Id, item?.Version);
    }

    /// <summary>True when what the provider has after a write is what was written: whoever wrote it learns nothing from it.</summary>
    /// <param name="write">The write.</param>
    /// <param name="step">What was done.</param>
    /// <param name="result">The item as the provider has it; null after a deletion.</param>
    public static bool IsAsWritten(PendingWrite write, WriteStep step, ProviderItem? result) =>
        result is null || write.IsDeletion
        || (write.ApplyTo(result.Object, step.EventKey) is { } wanted && KnownItem.SayTheSame(wanted, result.Object));

    /// <summary>After the provider took an upsert, or an answer.</summary>
    /// <param name="schedule">As it is now.</param>
    /// <param name="write">The write.</param>
    /// <param name="step">What was done.</param>
    /// <param name="result">The item as the provider has it.</param>
    /// <param name="now">The clock.</param>
    public static Schedule Upserted(Schedule schedule, PendingWrite write, WriteStep step, ProviderItem result, Instant now)
    {
        Instant commit = schedule.CommitTime(now);
        KnownItem? known = schedule.Items.GetValueOrDefault(result.Id);
        ManagedEvent? managed = schedule.Managed.GetValueOrDefault(write.Key);
        // Until now readers saw what was written: where the provider made something else of it, that is a change.
        bool saysTheSame = known?.SaysTheSameAs(result.Object) == true && IsAsWritten(write, step, result);
        Schedule after = Committed(schedule, write, commit) with
        {
            Items = schedule.Items.SetItem(result.Id, new KnownItem(
                result.Id,
                result.Version,
                result.Object,
                known?.Created ?? result.Object.Created ?? commit,
                saysTheSame ? known!.Updated : commit)),
            Ghosts = known is not null && !saysTheSame && LeavesGhost(schedule, known.Object, result.Object, now)
                ? GhostRules.Bound(schedule.Ghosts.Insert(0, Departed(known, write.Key, step.EventKey, commit)), commit)
                : schedule.Ghosts,
            Moves = known is null || saysTheSame
                ? schedule.Moves
                : MoveRules.AfterSingle(
                    schedule.Moves, write.Key.IsItem ? known.Object.Uid : step.EventKey, known.Object, result.Object, commit),
        };
        return write.Key.IsItem
            ? ExternalWriteRules.Remembering(after, write)
            : after with
            {
                Managed = Remembered(schedule, commit).SetItem(write.Key, new ManagedEvent(
                    write.Key, managed?.Incarnation ?? 0, step.EventKey, result.Id, write.Sequence, commit)),
            };
    }

    /// <summary>After the provider took a deletion.</summary>
    public static Schedule Deleted(Schedule schedule, PendingWrite write, WriteStep step, Instant now)
    {
        Instant commit = schedule.CommitTime(now);
        KnownItem? known = step.ItemId is null ? null : schedule.Items.GetValueOrDefault(step.ItemId);
        Schedule after = Committed(schedule, write, commit) with
        {
            Items = known is null ? schedule.Items : schedule.Items.Remove(known.Id),
            Ghosts = known is null
                ? schedule.Ghosts
                : GhostRules.Bound(schedule.Ghosts.Insert(0, Departed(known, write.Key, step.EventKey, commit)), commit),
        };
        if (write.Key.IsItem)
        {
            return ExternalWriteRules.Remembering(after, write);
        }

        ManagedEvent managed = schedule.Managed[write.Key];
        return after with
        {
            Managed = Remembered(schedule, commit).SetItem(write.Key, managed with
            {
                Incarnation = managed.Incarnation + (known is null ? 0 : 1),
                ItemId = null,
                AppliedThrough = write.Sequence,
                Changed = commit,
            }),
        };
    }

    /// <summary>After the provider refused a write for good: readers who saw it learn that it is not so.</summary>
    /// <param name="schedule">As it is now.</param>
    /// <param name="write">The write.</param>
    /// <param name="step">What was tried.</param>
    /// <param name="now">The clock.</param>
    public static Schedule Rejected(Schedule schedule, PendingWrite write, WriteStep step, Instant now)
    {
        Instant commit = schedule.CommitTime(now);
        Schedule after = Committed(schedule, write, commit);
        return step.ItemId is { } id && schedule.Items.GetValueOrDefault(id) is { } item
            ? after with { Items = schedule.Items.SetItem(id, item with { Updated = commit }) }
            : after;
    }

    /// <summary>What a native calendar becomes: there our copy is the truth.</summary>
    public static Schedule Native(
        Schedule schedule, PendingWrite write, Instant now, Func<ManagedKey, int, string> eventKeyOf)
    {
        WriteStep step = Next(schedule, write, eventKeyOf);
        if (step is { Write: null, ItemId: null })
        {
            return schedule;
        }

        if (step.Write is null)
        {
            return Deleted(schedule, write, step, now);
        }

        KnownItem? item = step.ItemId is null ? null : schedule.Items[step.ItemId];
        CalendarObject after = step.Write.Change.ApplyTo(item?.Object, step.EventKey);
        string version = $"{schedule.Version + 1}";
        return Upserted(schedule, write, step, new ProviderItem(item?.Id ?? step.EventKey, version, after), now);
    }

    // A write that made other happenings of a series is seen wherever they are.
    private static bool LeavesGhost(Schedule schedule, CalendarObject was, CalendarObject @is, Instant now) =>
        GhostRules.LeavesGhost(was, @is, ExpandedWindow.Widest(now), schedule.Zone, new ExpansionAllowance());

    private static Schedule Committed(Schedule schedule, PendingWrite write, Instant commit) => schedule with
    {
        Version = schedule.Version + 1,
        LastCommit = commit,
        AppliedThrough = Math.Max(schedule.AppliedThrough, write.Sequence),
    };

    private static System.Collections.Immutable.ImmutableDictionary<ManagedKey, ManagedEvent> Remembered(
        Schedule schedule, Instant now) =>
        schedule.Managed.RemoveRange(schedule.Managed.Values
            .Where(m => m.ItemId is null && m.Changed < now - RememberDeleted)
            .Select(m => m.Key));

    private static Ghost Departed(KnownItem item, ManagedKey key, string eventKey, Instant now) => key.IsItem
        ? new(item.Id, item.Object, null, item.Object.Uid, item.Created, now)
        : new(item.Id, item.Object, key, eventKey, item.Created, now);
}

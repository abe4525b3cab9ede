using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What a <see cref="Clearing"/> deletes, one event at a time.</summary>
/// <remarks>
/// It is stored as one record, however much it covers, and unfolds against the schedule: what is applied drops out of the
/// targets by <see cref="ManagedEvent.AppliedThrough"/>, so an interrupted one goes on where it was.
/// </remarks>
public static class ClearingRules
{
    /// <summary>The events still to be deleted at the provider, in a fixed order.</summary>
    /// <remarks>One that seems gone since a moment may only be hidden from a reader that lags: the provider decides.</remarks>
    /// <param name="schedule">What is committed.</param>
    /// <param name="clearing">What was accepted.</param>
    public static ImmutableArray<ManagedKey> Targets(Schedule schedule, Clearing clearing) =>
    [
        .. schedule.Managed.Values
            .Where(m => m.Key.ClientId == clearing.ClientId && m.AppliedThrough < clearing.Sequence
                && (m.ItemId is not null || m.Changed >= clearing.Accepted - ComparisonRules.GuardLife))
            .Select(m => m.Key)
            .OrderBy(key => key.EventId, StringComparer.Ordinal),
    ];

    /// <summary>The deletion of one of them.</summary>
    public static PendingWrite Deletion(Clearing clearing, ManagedKey key) =>
        new(clearing.Sequence, key, Change: null, clearing.Accepted);

    /// <summary>Everything pending as single writes, in the order of acceptance: what readers see applied already.</summary>
    /// <param name="schedule">What is committed.</param>
    /// <param name="pending">Accepted writes, by sequence.</param>
    /// <param name="clearings">Accepted clearings.</param>
    public static IReadOnlyList<PendingWrite> Unfold(
        Schedule schedule, IReadOnlyList<PendingWrite> pending, IReadOnlyList<Clearing> clearings)
    {
        if (clearings.Count == 0)
        {
            return pending;
        }

        IEnumerable<PendingWrite> deletions = clearings.SelectMany(clearing => Targets(schedule, clearing)
            .Union(pending.Where(w => w.Key.ClientId == clearing.ClientId && w.Sequence < clearing.Sequence).Select(w => w.Key))
            .Select(key => Deletion(clearing, key)));
        return [.. pending.Concat(deletions).OrderBy(w => w.Sequence)];
    }

    /// <summary>After the provider refused one of the deletions for good: the event stays, and is not tried again.</summary>
    public static Schedule Refused(Schedule schedule, PendingWrite write, WriteStep step, Instant now)
    {
        Schedule after = WriteRules.Rejected(schedule, write, step, now);
        return after with
        {
            Managed = after.Managed.SetItem(write.Key, after.Managed[write.Key] with { AppliedThrough = write.Sequence }),
        };
    }

    /// <summary>What a native calendar becomes: there our copy is the truth.</summary>
    public static Schedule Native(
        Schedule schedule, string clientId, Instant now, Func<ManagedKey, int, string> eventKeyOf) =>
        Targets(schedule, new Clearing(schedule.AppliedThrough + 1, clientId, now)).Aggregate(
            schedule,
            (s, key) => WriteRules.Native(s, new PendingWrite(s.AppliedThrough + 1, key, Change: null, now), now, eventKeyOf));
}

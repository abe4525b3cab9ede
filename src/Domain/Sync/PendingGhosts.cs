using CalendarActors.Domain.Recurrence;

namespace CalendarActors.Domain.Sync;

/// <summary>What readers saw of pending writes and a commit makes untrue, so that they are told it is gone.</summary>
/// <remarks>
/// A pending write is seen as if the provider had taken it: under the name that its event would get, with the happenings
/// that it asks for. Then somebody deletes the event, or it turns up again, and the write gets another name; or the provider
/// refuses the write, or makes something else of it.
/// </remarks>
public static class PendingGhosts
{
    /// <summary>True when what is pending of an event may look different after a commit than before it.</summary>
    /// <remarks>Asked of everything pending at each commit: what a commit leaves alone is the same object.</remarks>
    public static bool IsTouched(Schedule before, Schedule after, ManagedKey key) =>
        !ReferenceEquals(ExternalWriteRules.ItemOf(before, key), ExternalWriteRules.ItemOf(after, key))
        || !ReferenceEquals(before.Managed.GetValueOrDefault(key), after.Managed.GetValueOrDefault(key));

    /// <summary>The commit with the tombstones.</summary>
    /// <param name="before">The schedule that the commit replaces.</param>
    /// <param name="after">The one that was made from it.</param>
    /// <param name="pending">Everything pending, before the commit, of the events that it touches or settles writes of.</param>
    /// <param name="stillPending">The same after it.</param>
    /// <param name="eventKeyOf">The name at the provider.</param>
    public static Schedule Left(
        Schedule before,
        Schedule after,
        IReadOnlyList<PendingWrite> pending,
        IReadOnlyList<PendingWrite> stillPending,
        Func<ManagedKey, int, string> eventKeyOf)
    {
        Dictionary<(ManagedKey, long), PendingResult> results = PendingResult.Steps(after, stillPending, eventKeyOf)
            .ToDictionary(s => (s.Write.Key, s.Write.Sequence), s => s.Result);
        ExpansionAllowance allowance = new();
        ExpandedWindow window = ExpandedWindow.Widest(after.LastCommit);
        Ghost[] ghosts = [.. PendingResult.Steps(before, pending, eventKeyOf)
            .Reverse()
            .Where(s => IsLeftBehind(s.Result, results.GetValueOrDefault((s.Write.Key, s.Write.Sequence))
                ?? PendingResult.Committed(after, s.Write, eventKeyOf)))
            .Select(s => new Ghost(
                s.Result.EventKey,
                s.Result.Object!,
                s.Write.Key.IsItem ? null : s.Write.Key,
                s.Result.EventKey,
                s.Result.Created,
                after.LastCommit))
            .DistinctBy(g => (g.Identity, g.Was.IsRecurring ? g.Was : null))];
        return ghosts.Length == 0
            ? after
            : after with { Ghosts = GhostRules.Bound(after.Ghosts.InsertRange(0, ghosts), after.LastCommit) };

        bool IsLeftBehind(PendingResult was, PendingResult @is) => was.Object is not null
            && (was.EventKey != @is.EventKey
                || GhostRules.LeavesGhost(was.Object, @is.Object, window, after.Zone, allowance));
    }
}

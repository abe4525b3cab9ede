using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>Applies what a provider says to what we know.</summary>
/// <remarks>
/// Pure and idempotent: the same changes again, or older ones that the provider repeats in their present form, leave
/// everything as it is. Steps: (1) believe; (2) remove; (3) upsert; (4) managed table; (5) stamp.
/// </remarks>
public static class Reconciler
{
    /// <summary>A removal of fewer items never needs a second look.</summary>
    public const int MassDeletionItems = 10;

    /// <summary>Applies a pull.</summary>
    public static Reconciliation Apply(Schedule before, PullChanges changes, ReconciliationInputs inputs)
    {
        ILookup<string, WriteGuard> guards = inputs.Guards.ToLookup(g => g.ItemId, StringComparer.Ordinal);

        // 1 Believe everything but an answer older than our own write.
        Dictionary<string, ProviderItem> upserted = new(StringComparer.Ordinal);
        foreach (ProviderItem item in changes.Upserted)
        {
            if (!IsOlderThanOurWrite(guards, item))
            {
                upserted[item.Id] = item;
            }
        }

        HashSet<string> removed = GoneFrom(before, changes, upserted, guards);
        long[] confirmed = [.. inputs.Guards
            .Where(g => upserted.ContainsKey(g.ItemId)
                || changes.Removed.Contains(g.ItemId, StringComparer.Ordinal)
                || (changes.IsComplete && !before.Items.ContainsKey(g.ItemId) && !Delivers(changes, g.ItemId)))
            .Select(g => g.Sequence)];

        Instant now = before.CommitTime(inputs.Now);
        DateTimeZone zone = before.Zone;
        var items = before.Items.ToBuilder();
        var managed = before.Managed.ToBuilder();
        ImmutableList<Ghost> ghosts = GhostRules.Bound(before.Ghosts, now);
        ImmutableList<Move> moves = MoveRules.Bound(before.Moves, now);
        Dictionary<string, ManagedEvent> owners = before.Managed.Values
            .Where(m => m.ItemId is not null)
            .ToDictionary(m => m.ItemId!, StringComparer.Ordinal);
        SortedSet<string> changed = new(StringComparer.Ordinal);
        ExpansionAllowance allowance = new();
        HashSet<string> unlooked = OutsideOf(changes.Covers, before, removed, allowance);
        removed.ExceptWith(unlooked);

        // Who reads changes must still find where one went that moved out of the stretch.
        HashSet<string> moved = [.. moves.Select(m => m.Identity)];
        unlooked.RemoveWhere(id => moved.Contains(IdentityOf(before.Items[id], owners.GetValueOrDefault(id))));
        items.RemoveRange(unlooked);
        bool isDifferent = unlooked.Count > 0 || (changes.ZoneId is not null && changes.ZoneId != before.ZoneId);

        // 2 Remove. A managed event that somebody deletes gets a new name the next time it is written.
        foreach (string id in removed)
        {
            KnownItem gone = items[id];
            ManagedEvent? owner = owners.GetValueOrDefault(id);
            ghosts = ghosts.Insert(0, GhostOf(gone, owner, now));
            items.Remove(id);
            changed.Add(id);
            if (owner is not null)
            {
                managed[owner.Key] = owner with { ItemId = null, Incarnation = owner.Incarnation + 1, Changed = now };
            }
        }

        // 3 Upsert.
        foreach (ProviderItem item in upserted.Values)
        {
            KnownItem? known = items.GetValueOrDefault(item.Id);
            bool saysTheSame = known?.SaysTheSameAs(item.Object) == true;
            if (saysTheSame && known!.Version == item.Version && known.Object == item.Object)
            {
                continue;
            }

            isDifferent = true;
            items[item.Id] = new KnownItem(
                item.Id,
                item.Version,
                item.Object,
                known?.Created ?? item.Object.Created ?? now,
                saysTheSame ? known!.Updated : now);
            if (!saysTheSame)
            {
                changed.Add(item.Id);
            }

            if (known is null || saysTheSame)
            {
                continue;
            }

            ManagedEvent? owner = owners.GetValueOrDefault(item.Id);
            moves = MoveRules.After(
                moves, IdentityOf(known, owner), known.Object, item.Object, inputs.Window, zone, allowance, now);
            if (GhostRules.LeavesGhost(known.Object, item.Object, inputs.Window, zone, allowance))
            {
                ghosts = ghosts.Insert(0, GhostOf(known, owner, now));
            }
        }

        // 4 A creation whose answer was lost shows here first: it is ours, not somebody else's event. So is one that was
        // gone and is there again.
        Dictionary<string, ManagedKey> departed = managed.Values.Where(m => m.ItemId is null)
            .ToDictionary(m => m.EventKey, m => m.Key, StringComparer.Ordinal);
        foreach (ProviderItem item in upserted.Values)
        {
            foreach (string name in new[] { item.Object.Uid, item.Id })
            {
                if ((inputs.Expected.TryGetValue(name, out ManagedKey key) || departed.TryGetValue(name, out key))
                    && managed.GetValueOrDefault(key) is null or { ItemId: null })
                {
                    ManagedEvent? was = managed.GetValueOrDefault(key);
                    managed[key] = new ManagedEvent(key, was?.Incarnation ?? 0, name, item.Id, was?.AppliedThrough ?? 0, now);
                    isDifferent = true;
                    break;
                }
            }
        }

        // 5 Stamp.
        isDifferent |= changed.Count > 0 || (changes.IsComplete && before.Generation == 0);
        Schedule after = before with
        {
            Version = before.Version + (isDifferent ? 1 : 0),
            Generation = before.Generation + (changes.IsComplete && before.Cursor is null ? 1 : 0),
            Cursor = changes.Next,
            ZoneId = changes.ZoneId ?? before.ZoneId,
            LastCommit = isDifferent ? now : before.LastCommit,
            Items = items.ToImmutable(),
            Managed = managed.ToImmutable(),
            Ghosts = ghosts,
            Moves = moves,
        };
        return new Reconciliation(
            after, [.. changed], [.. removed.Order(StringComparer.Ordinal)], [.. confirmed], isDifferent, IsMass(before, removed));
    }

    private static bool IsOlderThanOurWrite(ILookup<string, WriteGuard> guards, ProviderItem item) =>
        guards[item.Id].Any(g => g.PriorVersion is not null && g.PriorVersion == item.Version);

    private static HashSet<string> GoneFrom(
        Schedule before,
        PullChanges changes,
        Dictionary<string, ProviderItem> upserted,
        ILookup<string, WriteGuard> guards)
    {
        HashSet<string> removed = new(StringComparer.Ordinal);
        foreach (string id in changes.Removed)
        {
            if (before.Items.ContainsKey(id) && !upserted.ContainsKey(id))
            {
                removed.Add(id);
            }
        }

        if (changes.IsComplete)
        {
            // What is unreadable is there all the same; what we wrote a moment ago may not be listed yet.
            HashSet<string> unreadable = new(changes.Unreadable, StringComparer.Ordinal);
            removed.UnionWith(before.Items.Keys.Where(id =>
                !upserted.ContainsKey(id) && !unreadable.Contains(id) && !guards.Contains(id)));
        }

        return removed;
    }

    /// <summary>Items that a complete pull of a stretch of time could not have listed: nobody took them away.</summary>
    /// <remarks>An expansion that ended early counts as in it, so that nothing is kept from being removed for ever.</remarks>
    private static HashSet<string> OutsideOf(
        Interval? covers, Schedule before, HashSet<string> removed, ExpansionAllowance allowance) =>
        covers is { } stretch
            ? new(
                removed.Where(id => Happenings.Of(before.Items[id].Object, stretch, before.Zone, allowance)
                    is { Occurrences.IsEmpty: true, IsTruncated: false }),
                StringComparer.Ordinal)
            : new(StringComparer.Ordinal);

    private static bool Delivers(PullChanges changes, string id) =>
        changes.Upserted.Any(i => i.Id == id) || changes.Unreadable.Contains(id, StringComparer.Ordinal);

    private static bool IsMass(Schedule before, HashSet<string> removed) =>
        removed.Count >= MassDeletionItems && removed.Count * 2 > before.Items.Count;

    private static Ghost GhostOf(KnownItem item, ManagedEvent? owner, Instant now) =>
        new(item.Id, item.Object, owner?.Key, IdentityOf(item, owner), item.Created, now);

    private static string IdentityOf(KnownItem item, ManagedEvent? owner) => owner?.EventKey ?? item.Object.Uid;
}

using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What readers see: the committed schedule, what is pending on top, expanded inside the window.</summary>
public static class Projection
{
    /// <summary>Expands everything, within the bounds of one calendar.</summary>
    /// <param name="calendarId"><c>cal_…</c>.</param>
    /// <param name="schedule">What is committed.</param>
    /// <param name="pending">Accepted writes, in the order of their sequences.</param>
    /// <param name="guarded">Items whose write no pull has confirmed.</param>
    /// <param name="window">What to expand. Managed events are expanded whatever their date.</param>
    /// <param name="eventKeyOf">The name that a managed event of some incarnation has at the provider.</param>
    public static Projected Project(
        string calendarId,
        Schedule schedule,
        IReadOnlyList<PendingWrite> pending,
        IReadOnlySet<string> guarded,
        ExpandedWindow window,
        Func<ManagedKey, int, string> eventKeyOf)
    {
        List<Happening> happenings = new(schedule.Items.Count + 16);
        HashSet<string> live = new(StringComparer.Ordinal);
        Dictionary<string, ManagedEvent> managedByItem = new(StringComparer.Ordinal);
        foreach (ManagedEvent managed in schedule.Managed.Values.Where(m => m.ItemId is not null))
        {
            managedByItem[managed.ItemId!] = managed;
        }

        IReadOnlyDictionary<ManagedKey, PendingResult> results = PendingResult.Fold(schedule, pending, eventKeyOf);
        ExpansionAllowance allowance = new();
        Instant? unknownFrom = null;
        foreach (KnownItem item in InOrderOfCost(schedule))
        {
            ManagedEvent? managed = managedByItem.GetValueOrDefault(item.Id);
            if (managed is null || !results.ContainsKey(managed.Key))
            {
                Add(item.Object, managed?.Key, managed?.EventKey ?? item.Object.Uid, item.Created, item.Updated, false, guarded.Contains(item.Id));
            }
        }

        foreach ((ManagedKey key, PendingResult result) in results)
        {
            if (result.Object is not null)
            {
                Add(result.Object, key, result.EventKey, result.Created, result.Accepted, false, true);
            }
        }

        // Newest first, so that of two tombstones for one happening the later one stays.
        foreach ((ManagedKey key, PendingResult result) in results.Where(r => r.Value.Before is not null))
        {
            Add(result.Before!, key, result.BeforeKey, result.Created, result.Accepted, true, true);
        }

        foreach (Ghost ghost in schedule.Ghosts)
        {
            Add(ghost.Was, ghost.Owner, ghost.Identity, ghost.Created, ghost.Gone, true, false);
        }

        return new Projected(happenings, unknownFrom);

        void Add(
            CalendarObject item, ManagedKey? owner, string identity, Instant created, Instant updated, bool isDeleted, bool isPending)
        {
            Expansion expansion = owner is null
                ? Happenings.Of(item, window.Padded, schedule.Zone, allowance)
                : Happenings.OfManaged(item, window.Padded, schedule.Zone, allowance);
            if (!isDeleted && expansion.UnknownFrom is { } from && TakesTime(item))
            {
                unknownFrom = unknownFrom is { } earlier ? Instant.Min(earlier, from) : from;
            }

            ImmutableArray<Occurrence> occurrences = expansion.Occurrences;
            if (occurrences.IsEmpty)
            {
                return;
            }

            byte[] seed = HappeningIds.Seed(calendarId, identity);
            string? series = item.IsRecurring ? HappeningIds.Series(seed) : null;
            foreach (Occurrence occurrence in occurrences)
            {
                string uid = HappeningIds.Uid(seed, occurrence.RecurrenceId);
                if (live.Add(uid))
                {
                    happenings.Add(new Happening(uid, series, owner, occurrence, isDeleted, created, updated, isPending));
                }
            }
        }
    }

    // Those with rules share an allowance, which must run out at the same one on every silo.
    private static IEnumerable<KnownItem> InOrderOfCost(Schedule schedule) => schedule.Items.Values
        .Where(i => !i.Object.IsRecurring)
        .Concat(schedule.Items.Values.Where(i => i.Object.IsRecurring).OrderBy(i => i.Id, StringComparer.Ordinal));

    private static bool TakesTime(CalendarObject item) =>
        item.Master?.Content.Transparency.TakesTime() != false
        || item.Overrides.Any(o => o.Definition.Content.Transparency.TakesTime());
}

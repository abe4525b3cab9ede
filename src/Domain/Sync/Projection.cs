using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
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
        IReadOnlyDictionary<string, List<Former>> formers = FormersOf(calendarId, schedule, results.Values);
        HashSet<string> moved = [.. schedule.Moves.Where(m => m.RecurrenceId is null).Select(m => m.Identity)];
        ExpansionAllowance allowance = new();
        Instant? unknownFrom = null;
        ExpansionAllowance allowanceBehind = new();
        bool goesOn = false;
        foreach (KnownItem item in InOrderOfCost(schedule))
        {
            ManagedEvent? managed = managedByItem.GetValueOrDefault(item.Id);
            if (results.Count == 0 || !results.ContainsKey(managed?.Key ?? ManagedKey.OfItem(item.Id)))
            {
                Add(item.Object, managed?.Key, managed?.EventKey ?? item.Object.Uid, item.Created, item.Updated, false, guarded.Contains(item.Id));
            }
        }

        foreach ((ManagedKey key, PendingResult result) in results)
        {
            if (result.Object is not null)
            {
                Add(result.Object, OwnerOf(key), result.EventKey, result.Created, result.Accepted, false, true);
            }
        }

        // Newest first, so that of two tombstones for one happening the later one stays.
        foreach ((ManagedKey key, PendingResult result) in results.Where(r => r.Value.Before is not null))
        {
            Add(result.Before!, OwnerOf(key), result.BeforeKey, result.Created, result.Accepted, true, true);
        }

        foreach (Ghost ghost in schedule.Ghosts)
        {
            Add(ghost.Was, ghost.Owner, ghost.Identity, ghost.Created, ghost.Gone, true, false);
        }

        return new Projected(happenings, unknownFrom, goesOn, formers);

        void Add(
            CalendarObject item, ManagedKey? owner, string identity, Instant created, Instant updated, bool isDeleted, bool isPending)
        {
            // What has moved is listed wherever it went: readers saw it where it was.
            Expansion expansion = owner is null && (item.IsRecurring || !moved.Contains(identity))
                ? Happenings.Of(item, window.Padded, schedule.Zone, allowance)
                : Happenings.OfManaged(item, window.Padded, schedule.Zone, allowance);
            if (!isDeleted && expansion.UnknownFrom is { } from && TakesTime(item))
            {
                unknownFrom = unknownFrom is { } earlier ? Instant.Min(earlier, from) : from;
            }

            goesOn = goesOn || (!isDeleted && owner is not null && TakesTime(item)
                && Happenings.GoOnAfter(item, window.Padded.End, schedule.Zone, allowanceBehind));
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

    private static Dictionary<string, List<Former>> FormersOf(
        string calendarId, Schedule schedule, IEnumerable<PendingResult> pending)
    {
        Dictionary<string, List<Former>> formers = new(StringComparer.Ordinal);
        foreach (Move move in schedule.Moves)
        {
            Note(move.Identity, move.RecurrenceId, new Former(move.Start, move.End));
        }

        foreach (PendingResult result in pending)
        {
            if (result is { Before: { IsRecurring: false, Master: { } before }, Object: { IsRecurring: false, Master: { } after } }
                && (before.Start != after.Start || before.End != after.End))
            {
                Note(result.EventKey, null, new Former(before.Start, before.End));
            }
        }

        return formers;

        void Note(string identity, CalendarTime? recurrenceId, Former former)
        {
            string uid = HappeningIds.Uid(HappeningIds.Seed(calendarId, identity), recurrenceId);
            if (!formers.TryGetValue(uid, out List<Former>? all))
            {
                formers[uid] = all = [];
            }

            all.Add(former);
        }
    }

    private static ManagedKey? OwnerOf(ManagedKey key) => key.IsItem ? null : key;

    // Those with rules share an allowance, which must run out at the same one on every silo.
    private static IEnumerable<KnownItem> InOrderOfCost(Schedule schedule) => schedule.Items.Values
        .Where(i => !i.Object.IsRecurring)
        .Concat(schedule.Items.Values.Where(i => i.Object.IsRecurring).OrderBy(i => i.Id, StringComparer.Ordinal));

    private static bool TakesTime(CalendarObject item) =>
        item.Master?.Content.Transparency.TakesTime() != false
        || item.Overrides.Any(o => o.Definition.Content.Transparency.TakesTime());
}

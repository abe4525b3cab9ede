using CalendarActors.Domain.Events;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What an event will be once everything pending of it is applied.</summary>
/// <param name="Incarnation">The one that <paramref name="EventKey"/> is of.</param>
/// <param name="EventKey">Its name at the provider.</param>
/// <param name="BeforeKey">The name of what is committed now.</param>
/// <param name="Before">What is committed now; null when nothing is.</param>
/// <param name="Object">What it becomes; null when it is deleted.</param>
/// <param name="Created">The committed one's, or when the first write was accepted.</param>
/// <param name="Accepted">When the last write was accepted, or committed, whichever is later.</param>
public sealed record PendingResult(
    int Incarnation,
    string EventKey,
    string BeforeKey,
    CalendarObject? Before,
    CalendarObject? Object,
    Instant Created,
    Instant Accepted)
{
    /// <summary>The result of every event that has something pending.</summary>
    /// <param name="schedule">What is committed. Writes that it contains already are skipped.</param>
    /// <param name="pending">In the order of their sequences.</param>
    /// <param name="eventKeyOf">The name at the provider.</param>
    public static IReadOnlyDictionary<ManagedKey, PendingResult> Fold(
        Schedule schedule, IReadOnlyList<PendingWrite> pending, Func<ManagedKey, int, string> eventKeyOf)
    {
        Dictionary<ManagedKey, PendingResult> results = [];
        foreach ((PendingWrite write, PendingResult result) in Steps(schedule, pending, eventKeyOf))
        {
            results[write.Key] = result;
        }

        return results;
    }

    /// <summary>What an event will be after each of its pending writes.</summary>
    /// <param name="schedule">What is committed. Writes that it contains already are skipped.</param>
    /// <param name="pending">In the order of their sequences.</param>
    /// <param name="eventKeyOf">The name at the provider.</param>
    public static IEnumerable<(PendingWrite Write, PendingResult Result)> Steps(
        Schedule schedule, IEnumerable<PendingWrite> pending, Func<ManagedKey, int, string> eventKeyOf)
    {
        Dictionary<ManagedKey, PendingResult> results = [];
        foreach (PendingWrite write in pending)
        {
            if (ExternalWriteRules.IsApplied(schedule, write))
            {
                continue;
            }

            PendingResult before = results.GetValueOrDefault(write.Key) ?? Committed(schedule, write, eventKeyOf);
            int incarnation = write.IsDeletion && before.Object is not null && !write.Key.IsItem
                ? before.Incarnation + 1
                : before.Incarnation;
            PendingResult result = before with
            {
                Incarnation = incarnation,
                EventKey = incarnation == before.Incarnation ? before.EventKey : eventKeyOf(write.Key, incarnation),
                Object = write.IsExternal && before.Object?.IsRecurring == true
                    ? before.Object
                    : write.ApplyTo(before.Object, before.EventKey),
                Accepted = Instant.Max(before.Accepted, write.Accepted),
            };
            results[write.Key] = result;
            yield return (write, result);
        }
    }

    /// <summary>What is committed of the event of a write, as if nothing were pending.</summary>
    internal static PendingResult Committed(Schedule schedule, PendingWrite write, Func<ManagedKey, int, string> eventKeyOf)
    {
        KnownItem? item = ExternalWriteRules.ItemOf(schedule, write.Key);
        ManagedEvent? managed = schedule.Managed.GetValueOrDefault(write.Key);
        string key = item is null ? eventKeyOf(write.Key, managed?.Incarnation ?? 0) : managed?.EventKey ?? item.Object.Uid;
        return new PendingResult(
            managed?.Incarnation ?? 0, key, key, item?.Object, item?.Object,
            item?.Created ?? write.Accepted, item?.Updated ?? write.Accepted);
    }
}

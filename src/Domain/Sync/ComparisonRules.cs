using CalendarActors.Domain.Providers;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What a comparison of everything may decide.</summary>
/// <remarks>Readers lag, also those that a comparison asks: of what was written a moment ago it knows nothing.</remarks>
public static class ComparisonRules
{
    /// <summary>A write that no pull has confirmed for so long has everything compared.</summary>
    public static readonly Duration GuardLife = Duration.FromMinutes(10);

    /// <summary>A write is settled when it is at least so old: what a comparison says of it is believed then.</summary>
    /// <remarks>No reader is known to lag so far. Half of <see cref="GuardLife"/>, so one comparison settles many writes.</remarks>
    public static readonly Duration Settling = Duration.FromMinutes(5);

    /// <summary>True when a comparison decides about a write.</summary>
    /// <param name="taken">When the provider took the write.</param>
    /// <param name="began">When the comparison began.</param>
    public static bool IsSettled(Instant taken, Instant began) => taken + Settling <= began;

    /// <summary>Those differences that are for the comparison to decide.</summary>
    /// <param name="differences">All.</param>
    /// <param name="pulled">What a pull brought that began later: that was not missed. Null for none.</param>
    /// <param name="unsettled">Guards of writes that are not settled: what they wrote is not removed.</param>
    public static PullChanges Decidable(PullChanges differences, PullChanges? pulled, IEnumerable<WriteGuard> unsettled)
    {
        HashSet<string> seen = pulled is null
            ? new(StringComparer.Ordinal)
            : new([.. pulled.Upserted.Select(i => i.Id), .. pulled.Removed], StringComparer.Ordinal);
        HashSet<string> kept = new(seen, StringComparer.Ordinal);
        kept.UnionWith(unsettled.Select(g => g.ItemId));
        return differences with
        {
            Upserted = differences.Upserted.RemoveAll(i => seen.Contains(i.Id)),
            Removed = differences.Removed.RemoveAll(kept.Contains),
        };
    }
}

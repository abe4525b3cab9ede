using System.Collections.Immutable;

namespace CalendarActors.Domain.Sync;

/// <summary>What applying a pull comes to.</summary>
/// <param name="After">The schedule with the changes.</param>
/// <param name="Changed">Ids of items that a reader sees differently, gone ones included, ordered.</param>
/// <param name="Gone">Ids of known items that are gone, ordered.</param>
/// <param name="Confirmed">Sequences of guarded writes whose result the pull contains.</param>
/// <param name="IsDifferent">
/// False when only the cursor moved, so that nothing large needs writing; true also for a new version of an item that
/// says the same.
/// </param>
/// <param name="IsMassDeletion">True when so much is gone that a second pull must say the same first.</param>
public sealed record Reconciliation(
    Schedule After,
    ImmutableArray<string> Changed,
    ImmutableArray<string> Gone,
    ImmutableArray<long> Confirmed,
    bool IsDifferent,
    bool IsMassDeletion);

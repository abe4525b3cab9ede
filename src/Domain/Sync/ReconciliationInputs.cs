using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What <see cref="Reconciler"/> must know besides the schedule and the changes.</summary>
/// <param name="Now">The clock.</param>
/// <param name="Window">What readers see.</param>
/// <param name="Guards">Writes that the provider took and no pull has confirmed.</param>
/// <param name="Expected">Names, at the provider, of managed events whose creation is pending.</param>
public sealed record ReconciliationInputs(
    Instant Now,
    ExpandedWindow Window,
    ImmutableArray<WriteGuard> Guards,
    IReadOnlyDictionary<string, ManagedKey> Expected)
{
    /// <summary>Nothing guarded, nothing expected.</summary>
    public static ReconciliationInputs At(Instant now, ExpandedWindow window) =>
        new(now, window, [], ImmutableDictionary<string, ManagedKey>.Empty);
}

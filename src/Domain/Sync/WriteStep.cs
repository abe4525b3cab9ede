using CalendarActors.Domain.Providers;

namespace CalendarActors.Domain.Sync;

/// <summary>The provider call that a write needs: an upsert, a deletion, or none.</summary>
/// <param name="Write">What to create or change; null for a deletion, and for nothing.</param>
/// <param name="EventKey">The event's name at the provider; empty for nothing.</param>
/// <param name="ItemId">The item known to exist; null when there is none.</param>
/// <param name="PriorVersion">Its version before the call; null when unknown.</param>
public sealed record WriteStep(ProviderWrite? Write, string EventKey, string? ItemId, string? PriorVersion)
{
    /// <summary>The invitation to answer; null for everything else.</summary>
    public ProviderAnswer? Answer { get; init; }

    /// <summary>No call.</summary>
    public static WriteStep Nothing { get; } = new(null, "", null, null);

    /// <summary>True when no call is needed.</summary>
    public bool IsNothing => EventKey.Length == 0;
}

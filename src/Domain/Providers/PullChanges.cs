using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Providers;

/// <summary>What changed at the provider since a cursor.</summary>
/// <remarks>Applying it twice, or after newer changes, must be harmless.</remarks>
/// <param name="Upserted">Items that exist, in their present form.</param>
/// <param name="Removed">Ids of items that are gone; some may never have been known to us.</param>
/// <param name="Next">Where the next pull starts.</param>
/// <param name="IsComplete">True when <paramref name="Upserted"/> is everything: what is not in it is gone.</param>
/// <param name="ZoneId">IANA zone of the calendar now; null when unknown or unchanged.</param>
/// <param name="Unreadable">Ids of items that exist but could not be read; their last known form is to be kept.</param>
public sealed record PullChanges(
    ImmutableArray<ProviderItem> Upserted,
    ImmutableArray<string> Removed,
    string Next,
    bool IsComplete,
    string? ZoneId,
    ImmutableArray<string> Unreadable)
{
    /// <summary>
    /// What a complete pull looked at; null for all of time. An item with no occurrence in it that was not upserted may
    /// still be there: it leaves the schedule without a word.
    /// </summary>
    public Interval? Covers { get; init; }

    /// <summary>True when nothing at all is different.</summary>
    public bool IsEmpty => Upserted.IsEmpty && Removed.IsEmpty && !IsComplete;
}

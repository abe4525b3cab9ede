using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>One happening as a reader who may see everything sees it.</summary>
/// <param name="Uid">From <see cref="HappeningIds"/>.</param>
/// <param name="SeriesId">Same for all happenings of a series; null for an event that happens once.</param>
/// <param name="Owner">Whose managed event it is; null for an external one.</param>
/// <param name="Occurrence">When, and what.</param>
/// <param name="IsDeleted">True for a tombstone.</param>
/// <param name="Created">The provider's word, or our first commit.</param>
/// <param name="Updated">Our commit time.</param>
/// <param name="IsPending">True while a write of it has not been confirmed by the provider.</param>
public sealed record Happening(
    string Uid,
    string? SeriesId,
    ManagedKey? Owner,
    Occurrence Occurrence,
    bool IsDeleted,
    Instant Created,
    Instant Updated,
    bool IsPending)
{
    /// <summary>Prints the uid only.</summary>
    public override string ToString() => Uid;
}

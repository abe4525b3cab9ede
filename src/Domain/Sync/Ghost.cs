using CalendarActors.Domain.Events;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What an item was before some or all of its happenings went away.</summary>
/// <remarks>
/// A tombstone for every happening of <see cref="Was"/> that is not there now: a happening that comes back needs no
/// bookkeeping, and a series of hundreds costs one ghost.
/// </remarks>
/// <param name="ItemId">The provider's id.</param>
/// <param name="Was">What it held.</param>
/// <param name="Owner">Whose managed event it was; null for an external one.</param>
/// <param name="Identity">What its happenings' uids are made of, see <see cref="HappeningIds"/>.</param>
/// <param name="Created">As it was.</param>
/// <param name="Gone">Our commit time.</param>
public sealed record Ghost(
    string ItemId, CalendarObject Was, ManagedKey? Owner, string Identity, Instant Created, Instant Gone)
{
    /// <summary>Prints the id only.</summary>
    public override string ToString() => $"Ghost({ItemId})";
}

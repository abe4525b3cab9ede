using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A busy time before it is made an entry: most of those that are looked at are never shown.</summary>
/// <param name="StartsAt">Inclusive.</param>
/// <param name="EndsAt">Exclusive.</param>
/// <param name="Transparency">How the time is taken.</param>
/// <param name="Owner">Whose managed event it is; null for an external one.</param>
/// <param name="Anchor">What a <see cref="BusyIndex"/> keeps of the start; -1 when there is an <paramref name="Entry"/>.</param>
/// <param name="Number">Of its slot there: of the same anchor, in the order of uids.</param>
/// <param name="Entry">What is shown; null when the index makes it.</param>
internal readonly record struct BusyTime(
    Instant StartsAt, Instant EndsAt, Transparency Transparency, ManagedKey? Owner, long Anchor, int Number, BusyEntry? Entry)
{
    /// <summary>One whose entry is there.</summary>
    public static BusyTime Of(BusyEntry entry, ManagedKey? owner) =>
        new(entry.StartsAt, entry.EndsAt, entry.Transparency, owner, -1, -1, entry);
}

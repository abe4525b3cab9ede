using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Grains.Interfaces.Schedules;

namespace CalendarActors.Grains.Schedules;

/// <summary>What a calendar told, ready to be asked.</summary>
internal sealed class CachedBusyTimes(BusyTimes told)
{
    /// <summary>The time that is taken, by the way of taking it.</summary>
    public ImmutableArray<CachedBusyKind> Kinds { get; } =
        [.. told.Kinds.Select(k => new CachedBusyKind(k.Transparency, TimeSet.OfEdges(k.Edges)))];

    /// <summary>When an application's own events begin.</summary>
    public ImmutableArray<long> StartsOf(string clientId) =>
        told.Owners.FirstOrDefault(o => o.ClientId == clientId)?.Starts ?? [];
}

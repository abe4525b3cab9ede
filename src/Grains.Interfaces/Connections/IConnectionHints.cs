using CalendarActors.Grains.Interfaces.Sync;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Connections;

/// <summary>The door of provider notifications about a login's list of calendars, and the only one. Key: <c>pro_…</c>.</summary>
[Alias("connection-hints"), GrainInterfaceType("connection-hints")]
public interface IConnectionHints : IGrainWithStringKey
{
    /// <summary>A provider notified. Answers once the hint is durable, never after a listing.</summary>
    /// <returns>False when no watch of this login has that secret: the notification is dropped.</returns>
    [Alias("notify"), AlwaysInterleave]
    Task<bool> Notify(WatchNotice notice, CancellationToken cancellationToken);
}

using System.Collections.Immutable;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Sync;

/// <summary>The door of provider notifications to a calendar, and the only one. Key: <c>cal_…</c>.</summary>
[Alias("calendar-hints"), GrainInterfaceType("calendar-hints")]
public interface ICalendarHints : IGrainWithStringKey
{
    /// <summary>A provider notified. Answers once the hint is durable, never after a pull.</summary>
    /// <returns>False when no watch of this calendar has that secret: the notification is dropped.</returns>
    [Alias("notify"), AlwaysInterleave]
    Task<bool> Notify(WatchNotice notice, CancellationToken cancellationToken);
}

/// <summary>One notification.</summary>
/// <param name="SecretHash">SHA-256 of the secret that it brought; whether we made that secret was checked before.</param>
/// <param name="Kind">What it says.</param>
/// <param name="WatchId">The provider's id of the watch.</param>
/// <param name="ResourceId">Google: with which an unknown watch can be stopped; else null.</param>
[GenerateSerializer, Immutable, Alias("watch-notice")]
public sealed record WatchNotice(
    [property: Id(0)] ImmutableArray<byte> SecretHash,
    [property: Id(1)] WatchNoticeKind Kind,
    [property: Id(2)] string WatchId,
    [property: Id(3)] string? ResourceId)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"WatchNotice({Kind})";
}

/// <summary>What a notification says.</summary>
public enum WatchNoticeKind
{
    /// <summary>Something changed.</summary>
    Changed = 0,

    /// <summary>The watch begins; nothing changed.</summary>
    Started = 1,

    /// <summary>Notifications were lost (Graph <c>missed</c>).</summary>
    Missed = 2,

    /// <summary>The watch must be renewed now (Graph <c>reauthorizationRequired</c>).</summary>
    RenewalDemanded = 3,

    /// <summary>The provider has ended the watch (Graph <c>subscriptionRemoved</c>).</summary>
    Removed = 4,
}

using NodaTime;

namespace CalendarActors.Domain.Triggers;

/// <summary>How far a transition of an event has come.</summary>
/// <param name="SettledThrough">What is due then or earlier is called about, or passed over; at first the time of subscribing.</param>
/// <param name="Armed">What it waits for; null when nothing is ahead.</param>
/// <param name="IsNew">True until its event was looked at.</param>
public sealed record TransitionProgress(Instant SettledThrough, Armed? Armed, bool IsNew)
{
    /// <summary>Of a transition that was just subscribed to.</summary>
    public static TransitionProgress From(Instant now) => new(now, null, IsNew: true);
}

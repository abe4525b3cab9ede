using NodaTime;

namespace CalendarActors.Domain.Triggers;

/// <summary>How much an application may subscribe to. The vendor names no bounds; these are ours.</summary>
public static class SubscriptionLimits
{
    /// <summary>Subscriptions of one event.</summary>
    public const int Subscriptions = 5;

    /// <summary>Transitions of one subscription.</summary>
    public const int Transitions = 10;

    /// <summary>Minutes between an edge and a transition: four weeks, as with reminders.</summary>
    public const int OffsetMinutes = 28 * 24 * 60;

    /// <summary>Events of one calendar that are subscribed to and not over.</summary>
    public const int Events = 500;

    /// <summary>Transitions of all those events.</summary>
    public const int EventTransitions = 2_500;

    /// <summary>Bytes of all their addresses, sealed.</summary>
    public const int AddressBytes = 256 * 1024;

    /// <summary>Happenings of one series that are looked at: more than a daily one has in the window.</summary>
    public const int Happenings = 400;

    /// <summary>Calls that are due together are spread over so long, so that a full hour is no burst.</summary>
    public static readonly Duration Spread = Duration.FromSeconds(20);

    /// <summary>How long an event is kept after its last transition: until then it may be moved ahead and called about again.</summary>
    public static readonly Duration KeptAfterLast = Duration.FromDays(7);
}

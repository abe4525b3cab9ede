namespace CalendarActors.Domain.Events;

/// <summary>Whether an event is certain (RFC 5545 section 3.8.1.11).</summary>
public enum EventStatus
{
    /// <summary>The default.</summary>
    Confirmed = 0,

    /// <summary>Not yet certain.</summary>
    Tentative = 1,

    /// <summary>Called off. Such an event takes no time and is not listed.</summary>
    Cancelled = 2,
}

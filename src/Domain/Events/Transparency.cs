namespace CalendarActors.Domain.Events;

/// <summary>How an event takes its person's time (RFC 5545 section 3.8.2.7 and Graph's <c>showAs</c>).</summary>
public enum Transparency
{
    /// <summary>Busy.</summary>
    Opaque = 0,

    /// <summary>Free.</summary>
    Transparent = 1,

    /// <summary>Working elsewhere: free.</summary>
    WorkingElsewhere = 2,

    /// <summary>Tentatively busy.</summary>
    Tentative = 3,

    /// <summary>Out of office: busy.</summary>
    OutOfOffice = 4,

    /// <summary>Whether the time is taken is not known: it must not be read as free. No event says it of itself.</summary>
    Unknown = 5,
}

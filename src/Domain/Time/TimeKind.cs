namespace CalendarActors.Domain.Time;

/// <summary>How the value of a <see cref="CalendarTime"/> is anchored (RFC 5545 section 3.3.4 and 3.3.5).</summary>
public enum TimeKind
{
    /// <summary>A whole day (<c>VALUE=DATE</c>): no time of day, no zone.</summary>
    Date = 0,

    /// <summary>A local time without a zone: the same wall time wherever it is read (form #1).</summary>
    Floating = 1,

    /// <summary>A time in UTC (form #2).</summary>
    Utc = 2,

    /// <summary>A local time in a named zone (form #3).</summary>
    Zoned = 3,
}

namespace CalendarActors.Domain.Recurrence;

/// <summary>The unit of a rule (RFC 5545 section 3.3.10, <c>FREQ</c>).</summary>
public enum RecurrenceFrequency
{
    /// <summary>Every second.</summary>
    Secondly = 0,

    /// <summary>Every minute.</summary>
    Minutely = 1,

    /// <summary>Every hour.</summary>
    Hourly = 2,

    /// <summary>Every day.</summary>
    Daily = 3,

    /// <summary>Every week.</summary>
    Weekly = 4,

    /// <summary>Every month.</summary>
    Monthly = 5,

    /// <summary>Every year.</summary>
    Yearly = 6,
}

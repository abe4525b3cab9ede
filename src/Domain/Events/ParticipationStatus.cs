namespace CalendarActors.Domain.Events;

/// <summary>What a person answered to an invitation (RFC 5545 section 3.2.12, <c>PARTSTAT</c>).</summary>
public enum ParticipationStatus
{
    /// <summary>Said something that we cannot read.</summary>
    Unknown = 0,

    /// <summary>No answer yet.</summary>
    NeedsAction = 1,

    /// <summary>Yes.</summary>
    Accepted = 2,

    /// <summary>No.</summary>
    Declined = 3,

    /// <summary>Maybe.</summary>
    Tentative = 4,
}

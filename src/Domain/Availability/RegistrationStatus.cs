namespace CalendarActors.Domain.Availability;

/// <summary>How somebody stands to a bookable event.</summary>
/// <remarks>Source: docs.cronofy.com, "Create or Update Registration".</remarks>
public enum RegistrationStatus
{
    /// <summary>Waits to be confirmed.</summary>
    Pending = 0,

    /// <summary>Comes.</summary>
    Accepted = 1,

    /// <summary>Perhaps comes.</summary>
    Tentative = 2,

    /// <summary>Does not come.</summary>
    Declined = 3,

    /// <summary>Was taken off.</summary>
    Removed = 4,
}

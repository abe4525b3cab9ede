namespace CalendarActors.Domain.Availability;

/// <summary>Why a meeting cannot begin at some moment.</summary>
public enum ObstacleKind
{
    /// <summary>It is none of the starts that were asked about: in the past, outside the periods, or between two steps.</summary>
    NotAsked = 0,

    /// <summary>A member is busy.</summary>
    Busy = 1,

    /// <summary>A member is busy so close to it that a buffer is not kept.</summary>
    Buffer = 2,

    /// <summary>It does not lie within the periods that the question gives a member.</summary>
    OutsidePeriods = 3,

    /// <summary>The day or week has as many of the application's meetings with a member as it may.</summary>
    Full = 4,

    /// <summary>It is not known whether a member is busy then, or so close to it that a buffer would not be kept.</summary>
    Unknown = 5,

    /// <summary>Time of a member is held for another meeting then, or so close to it that a buffer is not kept.</summary>
    Held = 6,

    /// <summary>It does not lie within the rules and periods that are kept for a member.</summary>
    OutsideManaged = 7,
}

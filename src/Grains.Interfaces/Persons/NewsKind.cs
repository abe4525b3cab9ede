namespace CalendarActors.Grains.Interfaces.Persons;

/// <summary>What a person's feed tells of.</summary>
public enum NewsKind
{
    /// <summary>Events of a calendar.</summary>
    Changed = 0,

    /// <summary>The list of calendars of a connection, or how one of them is listed.</summary>
    CalendarsChanged = 1,

    /// <summary>Every calendar of a connection was read once.</summary>
    InitialSyncCompleted = 2,

    /// <summary>A connection does not work any more.</summary>
    Disconnected = 3,
}

namespace CalendarActors.Simulators.Google;

/// <summary>What a user may do with a calendar, from less to more.</summary>
public enum AccessRole
{
    /// <summary>Nothing; the calendar is not found.</summary>
    None,

    /// <summary>Sees when it is busy.</summary>
    FreeBusyReader,

    /// <summary>Sees events, private ones as busy.</summary>
    Reader,

    /// <summary>Writes events, sees private ones as busy.</summary>
    WriterWithoutPrivateAccess,

    /// <summary>Sees and writes events.</summary>
    Writer,

    /// <summary>Also changes the calendar itself.</summary>
    Owner,
}

namespace CalendarActors.Domain.Channels;

/// <summary>What a notification tells. The numbers are stored.</summary>
public enum NotificationKind
{
    /// <summary>The channel was created.</summary>
    Verification = 0,

    /// <summary>Something changed: read what changed since an instant.</summary>
    Change = 1,

    /// <summary>Every calendar of a profile was read once.</summary>
    InitialSyncCompleted = 2,

    /// <summary>A profile lost its connection.</summary>
    Disconnected = 3,
}

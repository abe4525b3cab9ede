namespace CalendarActors.Grains.Sync;

/// <summary>What an accepted write is, as stored.</summary>
internal enum IntentKind
{
    /// <summary>The application's own event: made, changed, or deleted.</summary>
    Own = 0,

    /// <summary>An event that is not the application's: changed, or deleted, and never made.</summary>
    External = 1,

    /// <summary>An answer to an invitation; what is sealed is an <see cref="Domain.Events.EventAnswer"/>.</summary>
    Answer = 2,
}

namespace CalendarActors.Grains.Grants;

/// <summary>What is paged: a link of one kind leads nowhere in another.</summary>
internal enum PageKind
{
    /// <summary>Events in full.</summary>
    Events = 0,

    /// <summary>Busy times.</summary>
    FreeBusy = 1,
}

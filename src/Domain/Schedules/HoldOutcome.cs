namespace CalendarActors.Domain.Schedules;

/// <summary>What asking for some of a person's time came to.</summary>
public enum HoldOutcome
{
    /// <summary>It is kept.</summary>
    Held = 0,

    /// <summary>The person is busy then.</summary>
    Busy = 1,

    /// <summary>It is kept for somebody else.</summary>
    HeldByAnother = 2,

    /// <summary>As much of the person's time is kept as may be at once.</summary>
    Full = 3,

    /// <summary>It was kept, and a meeting is written for it: it cannot be kept once more.</summary>
    Settled = 4,
}

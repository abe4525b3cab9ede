namespace CalendarActors.Domain.Triggers;

/// <summary>From which end of an event a transition is counted. The numbers are stored.</summary>
public enum EventEdge
{
    /// <summary><c>event_start</c>.</summary>
    Start = 0,

    /// <summary><c>event_end</c>.</summary>
    End = 1,
}

using NodaTime;

namespace CalendarActors.Domain.Triggers;

/// <summary>A moment in the life of an event at which its application wants to be called.</summary>
/// <param name="IsBefore">True for before the edge, false for after it.</param>
/// <param name="Edge">From which end it is counted.</param>
/// <param name="Minutes">How far away, 0 to <see cref="SubscriptionLimits.OffsetMinutes"/>.</param>
public sealed record Transition(bool IsBefore, EventEdge Edge, int Minutes)
{
    /// <summary>From the edge to the moment; negative before it.</summary>
    public Duration Offset => Duration.FromMinutes(IsBefore ? -Minutes : Minutes);

    /// <summary>When it is due for one happening.</summary>
    public Instant DueOf(HappeningTimes happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        return (Edge == EventEdge.Start ? happening.StartsAt : happening.EndsAt) + Offset;
    }
}

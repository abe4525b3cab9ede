using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Where a rule's <c>UNTIL</c> ends a series (RFC 5545 section 3.3.10).</summary>
/// <param name="LastWall">The last wall time at which a start is worth a look; inclusive.</param>
/// <param name="SureWall">The last wall time that needs no look at its instant; inclusive.</param>
/// <param name="LastInstant">The last instant that counts, inclusive.</param>
internal readonly record struct RuleEnd(long LastWall, long SureWall, Instant LastInstant)
{
    internal static RuleEnd Of(RecurrenceRule rule, SeriesNaming naming, WallClocks clocks)
    {
        if (rule.Until is not CalendarTime until)
        {
            return At(WallSeconds.Max);
        }

        // A date means all of that day on the master's wall, and a series of days looks at the date only: writers
        // disagree on what the time beside it is.
        long wall = WallSeconds.Of(until.Local);
        if (until.IsDate || naming.IsOfDays)
        {
            return At(WallSeconds.StartOfDay(wall) + WallSeconds.PerDay - 1);
        }

        if (until.Kind == TimeKind.Floating)
        {
            return At(wall);
        }

        Instant last = clocks.ToInstant(until);
        long lastWall = naming.Clock.ToWall(last);
        long slack = naming.Clock.SlackSeconds(last);
        return new RuleEnd(lastWall + slack, lastWall - slack - 1, last);
    }

    private static RuleEnd At(long wall) => new(wall, wall, Instant.MaxValue);
}

using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>The days that are kept expanded.</summary>
/// <param name="Today">The day it was made for (UTC).</param>
/// <param name="DaysBack">42 by default.</param>
/// <param name="DaysAhead">201 by default.</param>
public readonly record struct ExpandedWindow(LocalDate Today, int DaysBack, int DaysAhead)
{
    /// <summary>No window begins earlier before its day.</summary>
    public const int MostDaysBack = 366;

    /// <summary>No window ends later after its day.</summary>
    public const int MostDaysAhead = 731;

    /// <summary>Inclusive: the first moment of the first day, in UTC.</summary>
    public Instant Start => Today.PlusDays(-DaysBack).AtMidnight().InUtc().ToInstant();

    /// <summary>Exclusive: the last moment of the last day, in UTC.</summary>
    public Instant End => Today.PlusDays(DaysAhead + 1).AtMidnight().InUtc().ToInstant();

    /// <summary>What to expand: a day more at both ends, so that days read in any zone are in it.</summary>
    public Interval Padded => new(Start - Duration.FromDays(1), End + Duration.FromDays(1));

    /// <summary>The window of a moment.</summary>
    public static ExpandedWindow At(Instant now, int daysBack, int daysAhead) =>
        new(now.InUtc().Date, daysBack, daysAhead);

    /// <summary>The widest that one may be: whoever looks here misses nothing that some reader sees.</summary>
    public static ExpandedWindow Widest(Instant now) => At(now, MostDaysBack, MostDaysAhead);
}

namespace CalendarActors.Domain.Recurrence;

/// <summary>How much one expansion may do, whatever the rule says.</summary>
/// <remarks>
/// A calendar is written by strangers: <c>FREQ=SECONDLY</c> since 1970 is one line. The goal is at most 250 ms of
/// processor time and 64 MB for any object of a few kilobytes.
/// </remarks>
public static class RecurrenceLimits
{
    /// <summary>The most occurrences of one object in one window: 10,000.</summary>
    /// <remarks>
    /// One every half hour for the 243 days that are kept expanded; about 2.5 MB. The earliest are kept.
    /// </remarks>
    public const int MaxOccurrences = 10_000;

    /// <summary>The most candidate days and times looked at for all rules of one object: 400,000.</summary>
    /// <remarks>
    /// Enough to count every day of a rule with <c>COUNT</c> for a thousand years; 5 to 20 ms of work.
    /// </remarks>
    public const int MaxSteps = 400_000;

    /// <summary>The most occurrences that the objects with rules of one calendar have together: 200,000.</summary>
    /// <remarks>Eight hundred meetings on every day of the window.</remarks>
    public const int MaxOccurrencesOfCalendar = 200_000;

    /// <summary>The most candidates looked at for all rules of one calendar: 8,000,000; 100 to 400 ms of work.</summary>
    public const int MaxStepsOfCalendar = 8_000_000;
}

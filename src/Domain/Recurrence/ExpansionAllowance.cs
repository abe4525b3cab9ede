namespace CalendarActors.Domain.Recurrence;

/// <summary>What the expansions of a whole calendar may still cost together.</summary>
/// <remarks>
/// Each object is bounded by itself (<see cref="RecurrenceLimits"/>), but one calendar may have thousands of hostile
/// ones. Objects without rules cost nothing here: they are as many as the calendar has. Once it is used up, later
/// objects with rules list nothing and say that the window is unknown.
/// </remarks>
/// <param name="steps">For the rules; <see cref="RecurrenceLimits.MaxStepsOfCalendar"/> unless told.</param>
/// <param name="occurrences">To list; <see cref="RecurrenceLimits.MaxOccurrencesOfCalendar"/> unless told.</param>
public sealed class ExpansionAllowance(
    int steps = RecurrenceLimits.MaxStepsOfCalendar, int occurrences = RecurrenceLimits.MaxOccurrencesOfCalendar)
{
    /// <summary>Steps left.</summary>
    internal int Steps { get; private set; } = steps;

    /// <summary>Occurrences left.</summary>
    internal int Occurrences { get; private set; } = occurrences;

    /// <summary>True when nothing more may be expanded.</summary>
    internal bool IsUsedUp => Steps == 0 || Occurrences == 0;

    /// <summary>Pays for one expansion.</summary>
    internal void Pay(int stepsTaken, int listed)
    {
        Steps = Math.Max(0, Steps - stepsTaken);
        Occurrences = Math.Max(0, Occurrences - listed);
    }
}

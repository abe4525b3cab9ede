using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>
/// The part of a series that one definition governs: the master's from the beginning, that of an override for "this
/// and future" from its own occurrence on (RFC 5545 section 3.2.13).
/// </summary>
/// <param name="From">The key of the first occurrence governed.</param>
/// <param name="ShiftSeconds">What is added to a wall time of the rule.</param>
/// <param name="Times">What its occurrences look like; null when they are cancelled.</param>
internal sealed record SeriesStretch(Instant From, long ShiftSeconds, EventTimes? Times)
{
    internal bool IsMasters => From == Instant.MinValue;

    /// <summary>The start of the occurrence that the rule names at <paramref name="wall"/>.</summary>
    /// <returns>Null when it is cancelled or shifted out of the calendar.</returns>
    internal CalendarTime? StartOf(long wall)
    {
        long shifted = wall + ShiftSeconds;
        if (Times is null || shifted < WallSeconds.Min || shifted > WallSeconds.Max)
        {
            return null;
        }

        CalendarTime start = Times.Definition.Start;
        return start.WithLocal(WallSeconds.ToLocal(shifted, start.Local.NanosecondOfSecond));
    }
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>One happening of an event.</summary>
/// <param name="RecurrenceId">
/// The start that the rule gave it, which names it within its series; null for an event that happens once.
/// </param>
/// <param name="Start">Inclusive, as written.</param>
/// <param name="End">Exclusive, as written.</param>
/// <param name="StartsAt">The instant of <paramref name="Start"/>, floating times read in the calendar's zone.</param>
/// <param name="EndsAt">The instant of <paramref name="End"/>; never before <paramref name="StartsAt"/>.</param>
/// <param name="Content">What it says: the master's, or its override's.</param>
public sealed record Occurrence(
    CalendarTime? RecurrenceId,
    CalendarTime Start,
    CalendarTime End,
    Instant StartsAt,
    Instant EndsAt,
    EventContent Content);

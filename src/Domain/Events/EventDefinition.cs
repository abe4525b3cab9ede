using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Events;

/// <summary>One <c>VEVENT</c>: when, and what. Of a recurring event, its first occurrence.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; never before <paramref name="Start"/>. Of the same day-or-time kind as it.</param>
/// <param name="Content">What it says.</param>
public sealed record EventDefinition(CalendarTime Start, CalendarTime End, EventContent Content);

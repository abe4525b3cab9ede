using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Recurrence;

/// <summary>An occurrence added to a series (RFC 5545 section 3.8.5.2, <c>RDATE</c>).</summary>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends, exclusive; null when it lasts as long as the master.</param>
public sealed record RecurrenceDate(CalendarTime Start, CalendarTime? End);

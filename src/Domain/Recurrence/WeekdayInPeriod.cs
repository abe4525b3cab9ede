using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>A weekday, or the nth one of a month or year (RFC 5545 section 3.3.10, <c>BYDAY</c>).</summary>
/// <param name="Day">Monday to Sunday, never <see cref="IsoDayOfWeek.None"/>.</param>
/// <param name="Ordinal">1 is the first, -1 the last; -53 to 53, null for every one.</param>
public readonly record struct WeekdayInPeriod(IsoDayOfWeek Day, int? Ordinal);

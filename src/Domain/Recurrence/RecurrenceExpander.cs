using CalendarActors.Domain.Events;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Finds the happenings of an event inside a window, with bounded work.</summary>
public static class RecurrenceExpander
{
    /// <summary>Every happening that overlaps <paramref name="window"/>, or starts in it when it takes no time.</summary>
    /// <param name="calendarObject">The event with its rules and overrides.</param>
    /// <param name="window">Start inclusive, end exclusive; both given.</param>
    /// <param name="floatingZone">The calendar's zone, for days and floating times.</param>
    public static Expansion Expand(CalendarObject calendarObject, Interval window, DateTimeZone floatingZone) =>
        throw new NotSupportedException();
}

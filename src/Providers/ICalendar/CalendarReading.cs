using CalendarActors.Domain.Events;

namespace CalendarActors.Providers.ICalendar;

/// <summary>What reading one resource came to.</summary>
/// <param name="Object">The event; null when there is none to speak of.</param>
/// <param name="Source">The text it was read from, as components; null when it is no calendar.</param>
/// <param name="IsOther">True when the resource is sound but holds no event: a task, a journal, a free/busy list.</param>
internal sealed record CalendarReading(CalendarObject? Object, CalendarComponent? Source, bool IsOther)
{
    /// <summary>Something that claims to be an event and cannot be read.</summary>
    public static CalendarReading Unreadable { get; } = new(null, null, false);
}

using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Schedules;

/// <summary>The time of a calendar that is taken in one way.</summary>
internal readonly record struct CachedBusyKind(Transparency Transparency, TimeSet Times);

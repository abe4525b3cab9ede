using NodaTime;
using NodaTime.TimeZones;

namespace CalendarActors.Domain.Time;

/// <summary>When days begin.</summary>
public static class DayStart
{
    /// <summary>
    /// The first moment of a day. A day that a zone skips as a whole (Pacific/Apia, 2011-12-30) takes no time: it starts when
    /// the next one does.
    /// </summary>
    public static Instant Of(LocalDate date, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ZoneLocalMapping midnight = zone.MapLocal(date.AtMidnight());
        return midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant();
    }
}

using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Events;

/// <summary>The days around today for which a schedule is kept and may be read.</summary>
/// <remarks>Source: docs.cronofy.com, "Read events": 42 days back and 201 ahead are default and limit alike.</remarks>
public static class ScheduleWindow
{
    /// <summary>Days before today that are kept.</summary>
    public const int PastDays = 42;

    /// <summary>Days from today on that are kept.</summary>
    public const int FutureDays = 201;

    /// <summary>First moment inside it.</summary>
    public static Instant StartOf(Instant now, DateTimeZone zone) => StartOfDay(now, zone, -PastDays);

    /// <summary>First moment behind it.</summary>
    public static Instant EndOf(Instant now, DateTimeZone zone) => StartOfDay(now, zone, FutureDays);

    /// <summary>What remains of a range asked for, where it reaches out of the window.</summary>
    /// <remarks>Both ends are drawn in rather than refused: the sources only call them "minimum" and "maximum".</remarks>
    /// <param name="from">Inclusive; null for the window's start.</param>
    /// <param name="to">Exclusive; null for the window's end.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">The zone in which days are counted.</param>
    /// <returns>Start, inclusive, and end, exclusive. An end at or before the start means that nothing is left.</returns>
    public static (Instant From, Instant To) Clamp(Instant? from, Instant? to, Instant now, DateTimeZone zone)
    {
        Instant start = StartOf(now, zone);
        Instant end = EndOf(now, zone);
        return (Instant.Max(from ?? start, start), Instant.Min(to ?? end, end));
    }

    private static Instant StartOfDay(Instant now, DateTimeZone zone, int days) =>
        DayStart.Of(now.InZone(zone).Date.PlusDays(days), zone);
}

using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>What names an occurrence within its series, however its author wrote it.</summary>
/// <remarks>
/// <c>RECURRENCE-ID</c>, <c>EXDATE</c> and <c>RDATE</c> may be in UTC or in another zone than <c>DTSTART</c>; they are
/// brought to the master's own kind and zone, and compared as instants: of whole days, their midnights in UTC, so that
/// no zone makes two days one.
/// </remarks>
internal sealed class SeriesNaming(CalendarTime start, WallClocks clocks)
{
    private readonly long _timeOfDay = CivilDays.FloorModulo(WallSeconds.Of(start.Local), WallSeconds.PerDay);

    /// <summary>The clock on which the series repeats.</summary>
    internal WallClock Clock { get; } = start.IsDate ? clocks.Utc : clocks.Of(start);

    /// <summary>True when the series is of whole days.</summary>
    internal bool IsOfDays => start.IsDate;

    /// <summary>The name of the occurrence at a wall time of the master's.</summary>
    internal CalendarTime At(long wall) => start.WithLocal(WallSeconds.ToLocal(wall, start.Local.NanosecondOfSecond));

    /// <summary>Two names of one occurrence have one key.</summary>
    internal Instant KeyOf(CalendarTime name) => Clock.ToInstant(name.Local);

    /// <summary>A name as the master would write it.</summary>
    /// <remarks>
    /// A date in a timed series means that day at the master's time of day. A time in a series of days means its own
    /// date when it is midnight where it was written, else the day of its instant in the calendar's zone.
    /// </remarks>
    internal CalendarTime AsMaster(CalendarTime written)
    {
        if (written.Kind == start.Kind && written.ZoneId == start.ZoneId)
        {
            return written;
        }

        if (IsOfDays)
        {
            bool isMidnight = written.Local.TimeOfDay == LocalTime.Midnight;
            return start.WithLocal(isMidnight ? written.Local : clocks.Of(start).ToLocal(clocks.ToInstant(written)));
        }

        return written.IsDate
            ? At(WallSeconds.Of(written.Local) + _timeOfDay)
            : start.WithLocal(Clock.ToLocal(clocks.ToInstant(written)));
    }
}

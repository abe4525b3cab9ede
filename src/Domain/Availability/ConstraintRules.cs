using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Availability;

/// <summary>Which days and weeks have as many meetings as they may.</summary>
public static class ConstraintRules
{
    /// <summary>The days or weeks in which no further meeting may begin.</summary>
    /// <param name="constraint">The bound.</param>
    /// <param name="starts">When the application's meetings with the member begin; seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="within">What is asked about.</param>
    /// <param name="zone">The constraint's.</param>
    public static TimeSet Full(AvailabilityConstraint constraint, IEnumerable<long> starts, Stretch within, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        ArgumentNullException.ThrowIfNull(zone);
        if (within.IsEmpty)
        {
            return TimeSet.Empty;
        }

        Dictionary<LocalDate, int> counts = [];
        foreach (long start in starts)
        {
            LocalDate first = FirstDayOf(constraint, start, zone);
            counts[first] = counts.GetValueOrDefault(first) + 1;
        }

        int days = constraint.IsWeekly ? 7 : 1;
        List<Stretch> full = [];
        for (LocalDate day = FirstDayOf(constraint, within.Start, zone); StartOf(day, zone) < within.End; day = day.PlusDays(days))
        {
            if (counts.GetValueOrDefault(day) >= constraint.Limit)
            {
                full.Add(new Stretch(StartOf(day, zone), StartOf(day.PlusDays(days), zone)));
            }
        }

        return TimeSet.Of(full);
    }

    private static LocalDate FirstDayOf(AvailabilityConstraint constraint, long second, DateTimeZone zone)
    {
        LocalDate day = Instant.FromUnixTimeSeconds(second).InZone(zone).Date;
        return constraint.IsWeekly ? day.PlusDays(1 - (int)day.DayOfWeek) : day;
    }

    private static long StartOf(LocalDate day, DateTimeZone zone) => DayStart.Of(day, zone).ToUnixTimeSeconds();
}

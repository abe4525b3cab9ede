using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Availability;

/// <summary>What weekly periods amount to on the line.</summary>
public static class WeeklyHours
{
    /// <summary>The moments of a stretch that lie in one of the periods.</summary>
    /// <remarks>
    /// On each day a period goes from the first moment when the clock shows its start or later to the first when it shows
    /// its end or later. So an hour that the clock skips is in none, and an hour that it shows twice begins with the first.
    /// </remarks>
    /// <param name="periods">They may overlap.</param>
    /// <param name="zone">On whose wall.</param>
    /// <param name="within">What lies outside is left out.</param>
    public static TimeSet In(ImmutableArray<WeeklyPeriod> periods, DateTimeZone zone, Stretch within)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (periods.IsEmpty || within.IsEmpty)
        {
            return TimeSet.Empty;
        }

        // A day more on each side: dates differ from those of UTC by no more than that.
        LocalDate day = DayOf(within.Start).PlusDays(-1);
        LocalDate last = DayOf(within.End).PlusDays(1);
        List<Stretch> stretches = [];
        for (; day <= last; day = day.PlusDays(1))
        {
            foreach (WeeklyPeriod period in periods)
            {
                if (period.Day == day.DayOfWeek)
                {
                    stretches.Add(new Stretch(At(zone, day, period.StartMinute), At(zone, day, period.EndMinute)));
                }
            }
        }

        return TimeSet.Of(stretches).Within(within);
    }

    private static LocalDate DayOf(long second) => Instant.FromUnixTimeSeconds(second).InUtc().Date;

    private static long At(DateTimeZone zone, LocalDate day, int minute)
    {
        LocalDateTime wall = day.AtMidnight().PlusMinutes(minute);
        NodaTime.TimeZones.ZoneLocalMapping mapping = zone.MapLocal(wall);
        Instant moment = mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
        return moment.ToUnixTimeSeconds();
    }
}

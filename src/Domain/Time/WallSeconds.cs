using NodaTime;

namespace CalendarActors.Domain.Time;

/// <summary>Wall times as whole seconds since 1970-01-01T00:00:00 on the same wall.</summary>
internal static class WallSeconds
{
    internal const long PerDay = 86_400;

    /// <summary>0001-01-01T00:00:00.</summary>
    internal static readonly long Min = CivilDays.FromDate(1, 1, 1) * PerDay;

    /// <summary>9999-12-31T23:59:59.</summary>
    internal static readonly long Max = (CivilDays.FromDate(10_000, 1, 1) * PerDay) - 1;

    /// <summary>Drops what is below a second.</summary>
    internal static long Of(LocalDateTime local) =>
        (CivilDays.FromDate(local.Year, local.Month, local.Day) * PerDay)
        + (local.Hour * 3_600) + (local.Minute * 60) + local.Second;

    internal static LocalDateTime ToLocal(long wall, int nanosecondOfSecond)
    {
        long day = CivilDays.FloorDivide(wall, PerDay);
        int second = (int)(wall - (day * PerDay));
        (long year, int month, int dayOfMonth) = CivilDays.ToDate(day);
        LocalDate date = new((int)year, month, dayOfMonth);
        return date.At(LocalTime.FromNanosecondsSinceMidnight(
            (second * NodaConstants.NanosecondsPerSecond) + nanosecondOfSecond));
    }

    internal static long StartOfDay(long wall) => wall - CivilDays.FloorModulo(wall, PerDay);
}

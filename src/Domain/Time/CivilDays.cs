namespace CalendarActors.Domain.Time;

/// <summary>The proleptic Gregorian calendar in day numbers: day 0 is 1970-01-01.</summary>
/// <remarks>
/// Plain integers, because a recurrence looks at hundreds of days for each one it keeps. Years need not be among those
/// that NodaTime represents: a rule may step over them.
/// </remarks>
internal static class CivilDays
{
    private const long DaysPerEra = 146_097;
    private const long DaysFromEraToEpoch = 719_468;

    private static ReadOnlySpan<byte> MonthLengths => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    // Counted in eras of 400 years whose years start in March, so that a leap day ends its year.
    internal static long FromDate(long year, int month, int day)
    {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = FloorDivide(marchYear, 400);
        long yearOfEra = marchYear - (era * 400);
        long dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        long dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * DaysPerEra) + dayOfEra - DaysFromEraToEpoch;
    }

    internal static (long Year, int Month, int Day) ToDate(long dayNumber)
    {
        long shifted = dayNumber + DaysFromEraToEpoch;
        long era = FloorDivide(shifted, DaysPerEra);
        long dayOfEra = shifted - (era * DaysPerEra);
        long yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long marchMonth = ((5 * dayOfYear) + 2) / 153;
        int day = (int)(dayOfYear - (((153 * marchMonth) + 2) / 5) + 1);
        int month = (int)(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    internal static bool IsLeapYear(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    internal static int DaysInYear(long year) => IsLeapYear(year) ? 366 : 365;

    internal static int DaysInMonth(long year, int month) =>
        month == 2 && IsLeapYear(year) ? 29 : MonthLengths[month - 1];

    /// <summary>1 is Monday, 7 Sunday, as in ISO 8601.</summary>
    internal static int Weekday(long dayNumber) => (int)FloorModulo(dayNumber + 3, 7) + 1;

    internal static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor != 0 && (value < 0) != (divisor < 0) ? quotient - 1 : quotient;
    }

    internal static long FloorModulo(long value, long divisor) => value - (FloorDivide(value, divisor) * divisor);
}

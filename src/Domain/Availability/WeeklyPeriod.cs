using NodaTime;

namespace CalendarActors.Domain.Availability;

/// <summary>Some hours of one day of each week, on the wall.</summary>
/// <param name="Day">Monday to Sunday.</param>
/// <param name="StartMinute">Inclusive; minutes since midnight, 0 to 1,439.</param>
/// <param name="EndMinute">Exclusive; above <paramref name="StartMinute"/>, at most 1,440: the end of the day.</param>
public readonly record struct WeeklyPeriod(IsoDayOfWeek Day, int StartMinute, int EndMinute)
{
    /// <summary>Minutes of a day on the wall.</summary>
    public const int MinutesOfDay = 1_440;
}

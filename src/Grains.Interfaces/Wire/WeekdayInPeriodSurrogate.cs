using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="WeekdayInPeriod"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("weekday-in-period")]
public struct WeekdayInPeriodSurrogate
{
    /// <summary>See <see cref="WeekdayInPeriod.Day"/>.</summary>
    [Id(0)]
    public IsoDayOfWeek Day { get; set; }

    /// <summary>See <see cref="WeekdayInPeriod.Ordinal"/>.</summary>
    [Id(1)]
    public int? Ordinal { get; set; }
}

/// <summary>Converts <see cref="WeekdayInPeriod"/>.</summary>
[RegisterConverter]
public sealed class WeekdayInPeriodConverter : IConverter<WeekdayInPeriod, WeekdayInPeriodSurrogate>
{
    /// <inheritdoc/>
    public WeekdayInPeriod ConvertFromSurrogate(in WeekdayInPeriodSurrogate surrogate) =>
        new(surrogate.Day, surrogate.Ordinal);

    /// <inheritdoc/>
    public WeekdayInPeriodSurrogate ConvertToSurrogate(in WeekdayInPeriod value) => new()
    {
        Day = value.Day,
        Ordinal = value.Ordinal,
    };
}

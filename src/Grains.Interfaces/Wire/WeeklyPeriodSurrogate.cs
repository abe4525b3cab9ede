using CalendarActors.Domain.Availability;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="WeeklyPeriod"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("weekly-period")]
public struct WeeklyPeriodSurrogate
{
    /// <summary>See <see cref="WeeklyPeriod.Day"/>.</summary>
    [Id(0)]
    public IsoDayOfWeek Day { get; set; }

    /// <summary>See <see cref="WeeklyPeriod.StartMinute"/>.</summary>
    [Id(1)]
    public int StartMinute { get; set; }

    /// <summary>See <see cref="WeeklyPeriod.EndMinute"/>.</summary>
    [Id(2)]
    public int EndMinute { get; set; }
}

/// <summary>Converts <see cref="WeeklyPeriod"/>.</summary>
[RegisterConverter]
public sealed class WeeklyPeriodConverter : IConverter<WeeklyPeriod, WeeklyPeriodSurrogate>
{
    /// <inheritdoc/>
    public WeeklyPeriod ConvertFromSurrogate(in WeeklyPeriodSurrogate surrogate) =>
        new(surrogate.Day, surrogate.StartMinute, surrogate.EndMinute);

    /// <inheritdoc/>
    public WeeklyPeriodSurrogate ConvertToSurrogate(in WeeklyPeriod value) =>
        new() { Day = value.Day, StartMinute = value.StartMinute, EndMinute = value.EndMinute };
}

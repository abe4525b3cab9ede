using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="HappeningTimes"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("happening-times")]
public struct HappeningTimesSurrogate
{
    /// <summary>See <see cref="HappeningTimes.Uid"/>.</summary>
    [Id(0)]
    public string Uid { get; set; }

    /// <summary>See <see cref="HappeningTimes.Start"/>.</summary>
    [Id(1)]
    public CalendarTime Start { get; set; }

    /// <summary>See <see cref="HappeningTimes.End"/>.</summary>
    [Id(2)]
    public CalendarTime End { get; set; }

    /// <summary>See <see cref="HappeningTimes.StartsAt"/>.</summary>
    [Id(3)]
    public Instant StartsAt { get; set; }

    /// <summary>See <see cref="HappeningTimes.EndsAt"/>.</summary>
    [Id(4)]
    public Instant EndsAt { get; set; }
}

/// <summary>Converts <see cref="HappeningTimes"/>.</summary>
[RegisterConverter]
public sealed class HappeningTimesConverter : IConverter<HappeningTimes, HappeningTimesSurrogate>
{
    /// <inheritdoc/>
    public HappeningTimes ConvertFromSurrogate(in HappeningTimesSurrogate surrogate) =>
        new(surrogate.Uid, surrogate.Start, surrogate.End, surrogate.StartsAt, surrogate.EndsAt);

    /// <inheritdoc/>
    public HappeningTimesSurrogate ConvertToSurrogate(in HappeningTimes value) => new()
    {
        Uid = value.Uid,
        Start = value.Start,
        End = value.End,
        StartsAt = value.StartsAt,
        EndsAt = value.EndsAt,
    };
}

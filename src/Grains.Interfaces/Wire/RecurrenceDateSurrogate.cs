using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="RecurrenceDate"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("recurrence-date")]
public struct RecurrenceDateSurrogate
{
    /// <summary>See <see cref="RecurrenceDate.Start"/>.</summary>
    [Id(0)]
    public CalendarTime Start { get; set; }

    /// <summary>See <see cref="RecurrenceDate.End"/>.</summary>
    [Id(1)]
    public CalendarTime? End { get; set; }
}

/// <summary>Converts <see cref="RecurrenceDate"/>.</summary>
[RegisterConverter]
public sealed class RecurrenceDateConverter : IConverter<RecurrenceDate, RecurrenceDateSurrogate>
{
    /// <inheritdoc/>
    public RecurrenceDate ConvertFromSurrogate(in RecurrenceDateSurrogate surrogate) =>
        new(surrogate.Start, surrogate.End);

    /// <inheritdoc/>
    public RecurrenceDateSurrogate ConvertToSurrogate(in RecurrenceDate value) => new()
    {
        Start = value.Start,
        End = value.End,
    };
}

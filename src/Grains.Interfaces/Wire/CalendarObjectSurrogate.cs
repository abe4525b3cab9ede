using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="CalendarObject"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("calendar-object")]
public struct CalendarObjectSurrogate
{
    /// <summary>See <see cref="CalendarObject.Uid"/>.</summary>
    [Id(0)]
    public string Uid { get; set; }

    /// <summary>See <see cref="CalendarObject.Master"/>.</summary>
    [Id(1)]
    public EventDefinition? Master { get; set; }

    /// <summary>See <see cref="CalendarObject.Rules"/>.</summary>
    [Id(2)]
    public ImmutableArray<RecurrenceRule> Rules { get; set; }

    /// <summary>See <see cref="CalendarObject.Added"/>.</summary>
    [Id(3)]
    public ImmutableArray<RecurrenceDate> Added { get; set; }

    /// <summary>See <see cref="CalendarObject.Excluded"/>.</summary>
    [Id(4)]
    public ImmutableArray<CalendarTime> Excluded { get; set; }

    /// <summary>See <see cref="CalendarObject.Overrides"/>.</summary>
    [Id(5)]
    public ImmutableArray<EventOverride> Overrides { get; set; }

    /// <summary>See <see cref="CalendarObject.Created"/>.</summary>
    [Id(6)]
    public Instant? Created { get; set; }

    /// <summary>See <see cref="CalendarObject.LastModified"/>.</summary>
    [Id(7)]
    public Instant? LastModified { get; set; }
}

/// <summary>Converts <see cref="CalendarObject"/>.</summary>
[RegisterConverter]
public sealed class CalendarObjectConverter : IConverter<CalendarObject, CalendarObjectSurrogate>
{
    /// <inheritdoc/>
    public CalendarObject ConvertFromSurrogate(in CalendarObjectSurrogate surrogate) => new()
    {
        Uid = surrogate.Uid,
        Master = surrogate.Master,
        Rules = surrogate.Rules,
        Added = surrogate.Added,
        Excluded = surrogate.Excluded,
        Overrides = surrogate.Overrides,
        Created = surrogate.Created,
        LastModified = surrogate.LastModified,
    };

    /// <inheritdoc/>
    public CalendarObjectSurrogate ConvertToSurrogate(in CalendarObject value) => new()
    {
        Uid = value.Uid,
        Master = value.Master,
        Rules = value.Rules,
        Added = value.Added,
        Excluded = value.Excluded,
        Overrides = value.Overrides,
        Created = value.Created,
        LastModified = value.LastModified,
    };
}

using CalendarActors.Domain.Availability;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>An <see cref="AvailabilityConstraint"/> on the wire.</summary>
[GenerateSerializer, Alias("availability-constraint")]
public struct AvailabilityConstraintSurrogate
{
    /// <summary>See <see cref="AvailabilityConstraint.Limit"/>.</summary>
    [Id(0)]
    public int Limit { get; set; }

    /// <summary>See <see cref="AvailabilityConstraint.IsWeekly"/>.</summary>
    [Id(1)]
    public bool IsWeekly { get; set; }

    /// <summary>See <see cref="AvailabilityConstraint.ZoneId"/>.</summary>
    [Id(2)]
    public string ZoneId { get; set; }
}

/// <summary>Converts <see cref="AvailabilityConstraint"/>.</summary>
[RegisterConverter]
public sealed class AvailabilityConstraintConverter : IConverter<AvailabilityConstraint, AvailabilityConstraintSurrogate>
{
    /// <inheritdoc/>
    public AvailabilityConstraint ConvertFromSurrogate(in AvailabilityConstraintSurrogate surrogate) =>
        new(surrogate.Limit, surrogate.IsWeekly, surrogate.ZoneId);

    /// <inheritdoc/>
    public AvailabilityConstraintSurrogate ConvertToSurrogate(in AvailabilityConstraint value) =>
        new() { Limit = value.Limit, IsWeekly = value.IsWeekly, ZoneId = value.ZoneId };
}

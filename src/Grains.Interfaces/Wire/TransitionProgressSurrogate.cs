using CalendarActors.Domain.Triggers;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="TransitionProgress"/> in stored state.</summary>
[GenerateSerializer, Alias("transition-progress")]
public struct TransitionProgressSurrogate
{
    /// <summary>See <see cref="TransitionProgress.SettledThrough"/>.</summary>
    [Id(0)]
    public Instant SettledThrough { get; set; }

    /// <summary>See <see cref="Armed.Due"/>; null when nothing is armed.</summary>
    [Id(1)]
    public Instant? Due { get; set; }

    /// <summary>See <see cref="Armed.Happening"/>; null when nothing is armed.</summary>
    [Id(2)]
    public HappeningTimes? Happening { get; set; }

    /// <summary>See <see cref="TransitionProgress.IsNew"/>.</summary>
    [Id(3)]
    public bool IsNew { get; set; }
}

/// <summary>Converts <see cref="TransitionProgress"/>.</summary>
[RegisterConverter]
public sealed class TransitionProgressConverter : IConverter<TransitionProgress, TransitionProgressSurrogate>
{
    /// <inheritdoc/>
    public TransitionProgress ConvertFromSurrogate(in TransitionProgressSurrogate surrogate) => new(
        surrogate.SettledThrough,
        surrogate is { Due: { } due, Happening: { } happening } ? new Armed(due, happening) : null,
        surrogate.IsNew);

    /// <inheritdoc/>
    public TransitionProgressSurrogate ConvertToSurrogate(in TransitionProgress value) => new()
    {
        SettledThrough = value.SettledThrough,
        Due = value.Armed?.Due,
        Happening = value.Armed?.Happening,
        IsNew = value.IsNew,
    };
}

using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Schedules;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="Hold"/> in stored state.</summary>
[GenerateSerializer, Alias("held-time")]
public struct HoldSurrogate
{
    /// <summary>See <see cref="Hold.Key"/>.</summary>
    [Id(0)]
    public string Key { get; set; }

    /// <summary>See <see cref="Hold.ClientId"/>.</summary>
    [Id(1)]
    public string ClientId { get; set; }

    /// <summary>Seconds; see <see cref="Hold.Time"/>.</summary>
    [Id(2)]
    public long Start { get; set; }

    /// <summary>Seconds; see <see cref="Hold.Time"/>.</summary>
    [Id(3)]
    public long End { get; set; }

    /// <summary>See <see cref="Hold.ExpiresAt"/>.</summary>
    [Id(4)]
    public Instant ExpiresAt { get; set; }

    /// <summary>See <see cref="Hold.IsConfirmed"/>.</summary>
    [Id(5)]
    public bool IsConfirmed { get; set; }

    /// <summary>See <see cref="Hold.Meeting"/>.</summary>
    [Id(6)]
    public string? Meeting { get; set; }

    /// <summary>See <see cref="Hold.WritingUntil"/>.</summary>
    [Id(7)]
    public Instant? WritingUntil { get; set; }
}

/// <summary>Converts <see cref="Hold"/>.</summary>
[RegisterConverter]
public sealed class HoldConverter : IConverter<Hold, HoldSurrogate>
{
    /// <inheritdoc/>
    public Hold ConvertFromSurrogate(in HoldSurrogate surrogate) => new(
        surrogate.Key,
        surrogate.ClientId,
        new Stretch(surrogate.Start, surrogate.End),
        surrogate.ExpiresAt,
        surrogate.IsConfirmed,
        surrogate.Meeting,
        surrogate.WritingUntil);

    /// <inheritdoc/>
    public HoldSurrogate ConvertToSurrogate(in Hold value) => new()
    {
        Key = value.Key,
        ClientId = value.ClientId,
        Start = value.Time.Start,
        End = value.Time.End,
        ExpiresAt = value.ExpiresAt,
        IsConfirmed = value.IsConfirmed,
        Meeting = value.Meeting,
        WritingUntil = value.WritingUntil,
    };
}

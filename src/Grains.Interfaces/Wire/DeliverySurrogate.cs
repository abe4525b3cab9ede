using CalendarActors.Domain.Channels;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="Delivery"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("delivery")]
public struct DeliverySurrogate
{
    /// <summary>See <see cref="Delivery.Sequence"/>.</summary>
    [Id(0)]
    public long Sequence { get; set; }

    /// <summary>See <see cref="Delivery.Kind"/>.</summary>
    [Id(1)]
    public NotificationKind Kind { get; set; }

    /// <summary>See <see cref="Delivery.Since"/>.</summary>
    [Id(2)]
    public Instant? Since { get; set; }

    /// <summary>See <see cref="Delivery.Through"/>.</summary>
    [Id(3)]
    public long Through { get; set; }

    /// <summary>See <see cref="Delivery.Progress"/>.</summary>
    [Id(4)]
    public DeliveryProgress Progress { get; set; }

    /// <summary>See <see cref="Delivery.Created"/>.</summary>
    [Id(5)]
    public Instant Created { get; set; }

    /// <summary>See <see cref="Delivery.Attempts"/>.</summary>
    [Id(6)]
    public int Attempts { get; set; }

    /// <summary>See <see cref="Delivery.FirstAttempt"/>.</summary>
    [Id(7)]
    public Instant? FirstAttempt { get; set; }

    /// <summary>See <see cref="Delivery.LastAttempt"/>.</summary>
    [Id(8)]
    public Instant? LastAttempt { get; set; }

    /// <summary>See <see cref="Delivery.NextAttempt"/>.</summary>
    [Id(9)]
    public Instant? NextAttempt { get; set; }

    /// <summary>See <see cref="Delivery.Outcome"/>.</summary>
    [Id(10)]
    public CallbackOutcome? Outcome { get; set; }

    /// <summary>See <see cref="Delivery.Status"/>.</summary>
    [Id(11)]
    public int? Status { get; set; }
}

/// <summary>Converts <see cref="Delivery"/>.</summary>
[RegisterConverter]
public sealed class DeliveryConverter : IConverter<Delivery, DeliverySurrogate>
{
    /// <inheritdoc/>
    public Delivery ConvertFromSurrogate(in DeliverySurrogate surrogate) => new(
        surrogate.Sequence,
        surrogate.Kind,
        surrogate.Since,
        surrogate.Through,
        surrogate.Progress,
        surrogate.Created,
        surrogate.Attempts,
        surrogate.FirstAttempt,
        surrogate.LastAttempt,
        surrogate.NextAttempt,
        surrogate.Outcome,
        surrogate.Status);

    /// <inheritdoc/>
    public DeliverySurrogate ConvertToSurrogate(in Delivery value) => new()
    {
        Sequence = value.Sequence,
        Kind = value.Kind,
        Since = value.Since,
        Through = value.Through,
        Progress = value.Progress,
        Created = value.Created,
        Attempts = value.Attempts,
        FirstAttempt = value.FirstAttempt,
        LastAttempt = value.LastAttempt,
        NextAttempt = value.NextAttempt,
        Outcome = value.Outcome,
        Status = value.Status,
    };
}

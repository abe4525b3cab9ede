using CalendarActors.Domain.Channels;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="Notice"/> in stored state.</summary>
[GenerateSerializer, Alias("notice")]
public struct NoticeSurrogate
{
    /// <summary>See <see cref="Notice.Kind"/>.</summary>
    [Id(0)]
    public NotificationKind Kind { get; set; }

    /// <summary>See <see cref="Notice.Since"/>.</summary>
    [Id(1)]
    public Instant? Since { get; set; }

    /// <summary>See <see cref="Notice.Through"/>.</summary>
    [Id(2)]
    public long Through { get; set; }
}

/// <summary>Converts <see cref="Notice"/>.</summary>
[RegisterConverter]
public sealed class NoticeConverter : IConverter<Notice, NoticeSurrogate>
{
    /// <inheritdoc/>
    public Notice ConvertFromSurrogate(in NoticeSurrogate surrogate) =>
        new(surrogate.Kind, surrogate.Since, surrogate.Through);

    /// <inheritdoc/>
    public NoticeSurrogate ConvertToSurrogate(in Notice value) => new()
    {
        Kind = value.Kind,
        Since = value.Since,
        Through = value.Through,
    };
}

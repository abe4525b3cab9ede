using System.Collections.Immutable;
using CalendarActors.Domain.Channels;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="ChannelFilter"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("channel-filter")]
public struct ChannelFilterSurrogate
{
    /// <summary>See <see cref="ChannelFilter.CalendarIds"/>.</summary>
    [Id(0)]
    public ImmutableArray<string> CalendarIds { get; set; }

    /// <summary>See <see cref="ChannelFilter.OnlyManaged"/>.</summary>
    [Id(1)]
    public bool OnlyManaged { get; set; }
}

/// <summary>Converts <see cref="ChannelFilter"/>.</summary>
[RegisterConverter]
public sealed class ChannelFilterConverter : IConverter<ChannelFilter, ChannelFilterSurrogate>
{
    /// <inheritdoc/>
    public ChannelFilter ConvertFromSurrogate(in ChannelFilterSurrogate surrogate) =>
        new(surrogate.CalendarIds, surrogate.OnlyManaged);

    /// <inheritdoc/>
    public ChannelFilterSurrogate ConvertToSurrogate(in ChannelFilter value) => new()
    {
        CalendarIds = value.CalendarIds,
        OnlyManaged = value.OnlyManaged,
    };
}

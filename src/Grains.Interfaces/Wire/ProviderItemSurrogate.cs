using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="ProviderItem"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("provider-item")]
public struct ProviderItemSurrogate
{
    /// <summary>See <see cref="ProviderItem.Id"/>.</summary>
    [Id(0)]
    public string Id { get; set; }

    /// <summary>See <see cref="ProviderItem.Version"/>.</summary>
    [Id(1)]
    public string? Version { get; set; }

    /// <summary>See <see cref="ProviderItem.Object"/>.</summary>
    [Id(2)]
    public CalendarObject Object { get; set; }
}

/// <summary>Converts <see cref="ProviderItem"/>.</summary>
[RegisterConverter]
public sealed class ProviderItemConverter : IConverter<ProviderItem, ProviderItemSurrogate>
{
    /// <inheritdoc/>
    public ProviderItem ConvertFromSurrogate(in ProviderItemSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Version, surrogate.Object);

    /// <inheritdoc/>
    public ProviderItemSurrogate ConvertToSurrogate(in ProviderItem value) => new()
    {
        Id = value.Id,
        Version = value.Version,
        Object = value.Object,
    };
}

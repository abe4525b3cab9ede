using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CalendarActors.Grains.Channels;

/// <summary>What every channel of a silo shares.</summary>
internal sealed class ChannelParts(
    ICallbackSender sender,
    ISecretVault vault,
    IDirectory directory,
    ChannelMeters meters,
    IGrainFactory grains,
    TimeProvider time,
    IOptions<ChannelOptions> options,
    ILogger<ChannelGrain> log)
{
    public ICallbackSender Sender => sender;

    public ISecretVault Vault => vault;

    /// <summary>The operator's lists.</summary>
    public IDirectory Directory => directory;

    public ChannelMeters Meters => meters;

    public IGrainFactory Grains => grains;

    public ChannelOptions Options => options.Value;

    public ILogger Log => log;

    /// <summary>The clock.</summary>
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Where a callback's URL is stored.</summary>
    public static SecretPlace PlaceOf(string channelId) => new("channel", channelId, "callback");
}

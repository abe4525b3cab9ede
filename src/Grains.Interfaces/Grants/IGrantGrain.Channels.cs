using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Hosting;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Grants;

// The channels of a grant.
public partial interface IGrantGrain
{
    /// <summary>Makes a channel, or gives the one that was made by an identical request. In a turn: it changes the list.</summary>
    /// <param name="tokenHash">SHA-256 of the access token.</param>
    /// <param name="callbackUrl">Checked by <see cref="CallbackAddresses"/>.</param>
    /// <param name="filter">Its calendars must be the person's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("open-channel")]
    Task<GrantAnswer<ChannelView>> OpenChannel(
        ImmutableArray<byte> tokenHash, string callbackUrl, ChannelFilter filter, CancellationToken cancellationToken);

    /// <summary>The application's open channels, in the order of making.</summary>
    [Alias("channels"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<ChannelViews>> Channels(ImmutableArray<byte> tokenHash, CancellationToken cancellationToken);

    /// <summary>Closes a channel. In a turn: it changes the list.</summary>
    [Alias("close-channel")]
    Task<GrantAnswer<Done>> CloseChannel(
        ImmutableArray<byte> tokenHash, string channelId, CancellationToken cancellationToken);

    /// <summary>A page of a channel's deliveries; of a closed one too.</summary>
    /// <param name="tokenHash">SHA-256 of the access token.</param>
    /// <param name="channelId"><c>chn_…</c>.</param>
    /// <param name="after">The last sequence known; 0 for all that are kept.</param>
    /// <param name="limit">1 or more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("deliveries"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<DeliveryPage>> Deliveries(
        ImmutableArray<byte> tokenHash, string channelId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Tells again everything from a delivery on.</summary>
    [Alias("replay-deliveries"), AlwaysInterleave]
    Task<GrantAnswer<Done>> ReplayDeliveries(
        ImmutableArray<byte> tokenHash, string channelId, long from, CancellationToken cancellationToken);

    /// <summary>How a channel is set.</summary>
    [Alias("channel"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<ChannelView>> Channel(
        ImmutableArray<byte> tokenHash, string channelId, CancellationToken cancellationToken);

    /// <summary>Sets how a channel tells.</summary>
    /// <param name="tokenHash">SHA-256 of the access token.</param>
    /// <param name="channelId"><c>chn_…</c>.</param>
    /// <param name="isPushed">Null to leave it as it is.</param>
    /// <param name="signsStandard">Null to leave it as it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("set-channel"), AlwaysInterleave]
    Task<GrantAnswer<ChannelView>> SetChannel(
        ImmutableArray<byte> tokenHash, string channelId, bool? isPushed, bool? signsStandard, CancellationToken cancellationToken);
}

/// <summary>An application's channels of one person.</summary>
/// <param name="Channels">Open ones, in the order of making.</param>
[GenerateSerializer, Immutable, Alias("channel-views")]
public sealed record ChannelViews([property: Id(0)] ImmutableArray<ChannelView> Channels);

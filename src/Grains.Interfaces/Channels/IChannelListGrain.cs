using System.Collections.Immutable;

namespace CalendarActors.Grains.Interfaces.Channels;

/// <summary>The operator's list of channels and how well they deliver. A stateless worker: key 0.</summary>
[Alias("channel-list"), GrainInterfaceType("channel-list")]
public interface IChannelListGrain : IGrainWithIntegerKey
{
    /// <summary>A page of channels, by id. Eventual: one that came a moment ago may be listed late.</summary>
    /// <param name="clientId">Only those of this application; null for all.</param>
    /// <param name="health">Only those; null for all.</param>
    /// <param name="afterId">The last of the page before; null for the first page.</param>
    /// <param name="limit">1 to 100: so many are looked at, of which those that are wanted are listed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("page")]
    Task<ChannelPage> Page(
        string? clientId, ChannelHealth? health, string? afterId, int limit, CancellationToken cancellationToken);
}

/// <summary>How well a channel delivers.</summary>
public enum ChannelHealth
{
    /// <summary>Nothing failed last.</summary>
    Well = 0,

    /// <summary>Its last attempt failed, and is repeated.</summary>
    Failing = 1,

    /// <summary>It closed by itself.</summary>
    Closed = 2,
}

/// <summary>A page of the operator's list.</summary>
/// <param name="Channels">By id.</param>
/// <param name="Next">What to give as <c>afterId</c>; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("channel-page")]
public sealed record ChannelPage(
    [property: Id(0)] ImmutableArray<ChannelStatus> Channels, [property: Id(1)] string? Next);

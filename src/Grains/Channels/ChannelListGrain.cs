using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Channels;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Channels;

/// <remarks>The list may hold channels that are gone: each is asked.</remarks>
[GrainType("channel-list"), StatelessWorker]
internal sealed class ChannelListGrain(IDirectory directory) : Grain, IChannelListGrain
{
    private const int Most = 100;

    public async Task<ChannelPage> Page(
        string? clientId, ChannelHealth? health, string? afterId, int limit, CancellationToken cancellationToken)
    {
        int most = Math.Clamp(limit, 1, Most);
        IReadOnlyList<DirectoryEntry> entries = await directory.ListAsync(
            DirectoryKinds.Channel, clientId, afterId, most, cancellationToken);
        ChannelStatus?[] asked = await Task.WhenAll(
            entries.Select(e => GrainFactory.GetGrain<IChannelGrain>(e.Key).Status(cancellationToken)));
        return new ChannelPage(
            [.. asked.OfType<ChannelStatus>().Where(s => health is null || health == HealthOf(s))],
            entries.Count == most ? entries[^1].Key : null);
    }

    private static ChannelHealth HealthOf(ChannelStatus status) => status switch
    {
        { Closed: not null } => ChannelHealth.Closed,
        { Attempts: > 0 } => ChannelHealth.Failing,
        _ => ChannelHealth.Well,
    };
}

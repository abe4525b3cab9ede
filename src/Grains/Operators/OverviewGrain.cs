using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Operators;
using NodaTime;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Operators;

/// <remarks>
/// Counts are of all that is stored. How well calendars and channels are kept is asked of the first few hundred: for all of
/// them, at any size, there are metrics.
/// </remarks>
[GrainType("overview"), StatelessWorker(1)]
internal sealed class OverviewGrain(IStoredCounts stored, TimeProvider time) : Grain, IOverviewGrain
{
    private const int PageSize = 100;
    private const int Pages = 3;
    private static readonly Duration Lifetime = Duration.FromSeconds(10);
    private static readonly Duration Late = Duration.FromMinutes(2);

    private Overview? _last;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public async Task<Overview> Look(CancellationToken cancellationToken)
    {
        if (_last is { } last && Now - last.At < Lifetime && Now >= last.At)
        {
            return last;
        }

        StoredCounts counts = await stored.CountAsync(Late, Overview.DueSoon, cancellationToken);
        List<ConnectionHealth> connections = await FirstAsync(async after =>
        {
            ConnectionPage page = await GrainFactory.GetGrain<IConnectionListGrain>(0).Page(null, after, PageSize, cancellationToken);
            return (page.Connections, page.Next);
        });
        List<ChannelStatus> channels = await FirstAsync(async after =>
        {
            ChannelPage page = await GrainFactory.GetGrain<IChannelListGrain>(0).Page(null, null, after, PageSize, cancellationToken);
            return (page.Channels, page.Next);
        });
        Instant now = Now;
        return _last = new Overview(
            now, counts.Listed, counts.Owed, counts.Reminders, Sampling.Of(connections, now), Sampling.Of(channels), counts.RemindersDue);
    }

    private static async Task<List<T>> FirstAsync<T>(Func<string?, Task<(ImmutableArray<T> Some, string? Next)>> page)
    {
        List<T> all = [];
        string? after = null;
        for (int i = 0; i < Pages; i++)
        {
            (ImmutableArray<T> some, after) = await page(after);
            all.AddRange(some);
            if (after is null)
            {
                break;
            }
        }

        return all;
    }
}

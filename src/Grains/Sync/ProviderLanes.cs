using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace CalendarActors.Grains.Sync;

/// <summary>Bounds how many calendars of a silo call one provider at once: many reminders may tick together.</summary>
internal sealed class ProviderLanes(IOptions<SyncOptions> options)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _lanes = new(StringComparer.Ordinal);

    /// <summary>Waits for a place; disposing what it gives back frees it.</summary>
    public async Task<IDisposable> EnterAsync(string providerName, CancellationToken cancellationToken)
    {
        SemaphoreSlim lane = _lanes.GetOrAdd(providerName, static (_, places) => new SemaphoreSlim(places), options.Value.CallsPerProvider);
        await lane.WaitAsync(cancellationToken);
        return new Place(lane);
    }

    private sealed class Place(SemaphoreSlim lane) : IDisposable
    {
        private SemaphoreSlim? _lane = lane;

        public void Dispose() => Interlocked.Exchange(ref _lane, null)?.Release();
    }
}

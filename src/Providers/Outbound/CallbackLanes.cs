using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Outbound;

/// <summary>
/// Bounds how many callbacks of one application run at once, and of those how many to one host: whoever hangs holds up
/// nobody else's.
/// </summary>
internal sealed class CallbackLanes(IOptions<OutboundOptions> options)
{
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for a place in both; disposing what it gives back frees them.</summary>
    /// <remarks>First the host's: who waits there must not hold one of the application's places.</remarks>
    public async Task<IDisposable> EnterAsync(string application, string authority, CancellationToken cancellationToken)
    {
        IDisposable host = await EnterAsync($"{application} {authority}", options.Value.CallbacksPerHost, cancellationToken);
        try
        {
            return new Place(host, await EnterAsync(application, options.Value.CallbacksPerApplication, cancellationToken));
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>How many lanes are known: those that somebody is in.</summary>
    internal int Count => _lanes.Count;

    private async Task<IDisposable> EnterAsync(string name, int places, CancellationToken cancellationToken)
    {
        Lane lane = Join(name, places);
        try
        {
            await lane.Places.WaitAsync(cancellationToken);
            return new Turn(this, name, lane);
        }
        catch
        {
            Leave(name, lane);
            throw;
        }
    }

    // Strangers name the hosts, so a lane goes with the last who is in it or waits for it.
    private Lane Join(string name, int places)
    {
        while (true)
        {
            Lane lane = _lanes.GetOrAdd(name, static (_, most) => new Lane(most), places);
            lock (lane)
            {
                if (lane.Users >= 0)
                {
                    lane.Users++;
                    return lane;
                }
            }
        }
    }

    private void Leave(string name, Lane lane)
    {
        lock (lane)
        {
            if (--lane.Users > 0)
            {
                return;
            }

            lane.Users = -1;
        }

        _lanes.TryRemove(new(name, lane));
    }

    private sealed class Lane(int places)
    {
        public SemaphoreSlim Places { get; } = new(places);

        public int Users { get; set; }
    }

    private sealed class Turn(CallbackLanes lanes, string name, Lane lane) : IDisposable
    {
        public void Dispose()
        {
            lane.Places.Release();
            lanes.Leave(name, lane);
        }
    }

    private sealed class Place(IDisposable host, IDisposable application) : IDisposable
    {
        public void Dispose()
        {
            application.Dispose();
            host.Dispose();
        }
    }
}

using System.Collections.Concurrent;
using CalendarActors.Grains.Interfaces.Applications;

namespace CalendarActors.Gateway.RateLimits;

/// <summary>This gateway's share of each application's budget, leased from the application second by second.</summary>
/// <remarks>
/// A lease is good for a second and twice as large as the one before when that was used up, so an idle application costs
/// nothing and a busy one a handful of grain calls a second. What was not used goes back with the next lease. A deleted
/// application is refused by every gateway within a second, by the one that deleted it at once.
/// </remarks>
internal sealed class RateBudgets(IGrainFactory grains, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ApplicationLease> _leases = new(StringComparer.Ordinal);

    private readonly Func<string, ApplicationLease> _open = clientId => new ApplicationLease(
        time, (wanted, unused, ct) => grains.GetGrain<IApplicationGrain>(clientId).Lease(wanted, unused, ct));

    /// <summary>Takes one permit.</summary>
    /// <param name="clientId">From a token whose check value is right: anything else would fill the memory.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public ValueTask<RateVerdict> TakeAsync(string clientId, CancellationToken cancellationToken)
    {
        ApplicationLease lease = _leases.GetOrAdd(clientId, _open);
        return lease.TakeAsync(cancellationToken);
    }

    /// <summary>Drops what is leased, so that the next request asks the application.</summary>
    public void Forget(string clientId) => _leases.TryRemove(clientId, out _);
}

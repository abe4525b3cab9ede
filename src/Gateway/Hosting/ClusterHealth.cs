using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CalendarActors.Gateway.Hosting;

/// <summary>Whether this gateway reaches a silo.</summary>
/// <remarks>
/// A connection is enough. A grain's answer would say less: the grain that is asked lives in one silo, and all gateways
/// would leave their proxy when that one dies. Only without a connection one is asked, which also makes the client connect.
/// </remarks>
internal sealed class ClusterHealth(IGrainFactory grains, SiloConnections silos) : IHealthCheck
{
    public const string Ready = "ready";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (silos.Count > 0)
        {
            return HealthCheckResult.Healthy();
        }

        try
        {
            await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken).WaitAsync(Limit, TimeProvider.System, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return HealthCheckResult.Unhealthy("No silo answers.");
        }
    }

    /// <summary>Live: the process answers. Ready: it reaches a silo; else 503.</summary>
    public static void Map(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }
}

using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CalendarActors.Gateway.Hosting;

/// <summary>Whether this gateway reaches a silo.</summary>
internal sealed class ClusterHealth(IGrainFactory grains) : IHealthCheck
{
    public const string Ready = "ready";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
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

    /// <summary>Live: the process answers. Ready: a silo answers it; else 503.</summary>
    public static void Map(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }
}

using System.Data.Common;
using CalendarActors.Silo.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CalendarActors.Silo.Health;

/// <summary>Healthy while the state database answers.</summary>
internal sealed class DatabaseHealth(StateDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await connection.ScalarAsync("select version from schema_version where name = 'state'", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException fault)
        {
            return HealthCheckResult.Unhealthy("The state database does not answer.", fault);
        }
    }
}

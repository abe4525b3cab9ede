using CalendarActors.Silo.Health;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace CalendarActors.Silo.Hosting;

/// <summary><c>/health/live</c> and <c>/health/ready</c> of a process with a silo.</summary>
public static class HealthExtensions
{
    private const string Ready = "ready";

    /// <summary>Live: the process answers. Ready: the silo is active and its database answers; else 503.</summary>
    public static WebApplication MapSiloHealth(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
        return app;
    }

    internal static void AddSiloHealth(this IServiceCollection services)
        => services.AddHealthChecks()
            .AddCheck<SiloHealth>("silo", tags: [Ready])
            .AddCheck<DatabaseHealth>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(5));
}

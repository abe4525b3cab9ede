namespace CalendarActors.Gateway.Hosting;

/// <summary>Adds <see cref="Drain"/>.</summary>
internal static class DrainExtensions
{
    /// <summary>As a part of the host, and of what <c>/health/ready</c> asks.</summary>
    public static void AddDrain(this IServiceCollection services)
    {
        services.AddSingleton<Drain>();
        services.AddHostedService(p => p.GetRequiredService<Drain>());
        services.AddHealthChecks().AddCheck<Drain>("drain", tags: [ClusterHealth.Ready]);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>For processes that are a part of a cluster and make no sense alone.</summary>
public static class ClusterDemand
{
    /// <summary>Refuses to start with anything but AdoNet clustering, which needs PostgreSQL.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="process">What the process is called in the message.</param>
    public static IServiceCollection DemandCluster(this IServiceCollection services, string process)
    {
        services.AddSingleton<IValidateOptions<NodeOptions>>(new ValidateOptions<NodeOptions>(
            Options.DefaultName,
            options => options.Mode is ClusterMode.AdoNet,
            $"{NodeOptions.Section}:Mode must be AdoNet for {process}, which is one process of a cluster. Set "
            + "CalendarActors__Cluster__Mode to AdoNet and CalendarActors__Storage__Provider to PostgreSql, or start "
            + "src/Standalone for a node in one process."));
        return services;
    }
}

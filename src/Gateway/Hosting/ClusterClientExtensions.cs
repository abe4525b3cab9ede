using CalendarActors.Grains.Interfaces.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace CalendarActors.Gateway.Hosting;

/// <summary>A gateway that stands apart from its silos: it reaches them through the membership in PostgreSQL.</summary>
internal static class ClusterClientExtensions
{
    // A cluster that starts as a whole has its silos, and the schema that they apply, within this time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static WebApplicationBuilder AddClusterClient(this WebApplicationBuilder builder)
    {
        NodeOptions node = builder.Configuration.ReadOptions<NodeOptions>(NodeOptions.Section);
        StorageOptions storage = builder.Configuration.ReadOptions<StorageOptions>(StorageOptions.Section);
        OperatorDashboardOptions dashboard = builder.Configuration.ReadOptions<OperatorDashboardOptions>(OperatorDashboardOptions.Section);
        builder.Services.DemandCluster("src/Gateway");
        SiloConnections silos = new();
        builder.Services.AddSingleton(silos);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o =>
            {
                o.ClusterId = node.ClusterId;
                o.ServiceId = NodeOptions.ServiceId;
            });
            client.Configure<ClientMessagingOptions>(o => o.CancelRequestOnTimeout = true);

            // Silos that are upgraded one after the other come back within seconds. By default a gateway that lost one
            // looks after a minute whether it is back, and would be alone when the next one goes.
            client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(3));
            client.AddGatewayCountChangedHandler((_, change) => silos.Count = change.NumberOfConnectedGateways);
            client.AddOutgoingGrainCallFilter<RepeatedCalls>();
            client.AddActivityPropagation();
            if (dashboard.IsOn)
            {
                client.AddDashboard();
            }

            client.UseAdoNetClustering(o =>
            {
                o.Invariant = "Npgsql";
                o.ConnectionString = storage.ConnectionString;
            });
            long start = TimeProvider.System.GetTimestamp();
            client.UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
                return TimeProvider.System.GetElapsedTime(start) < Patience;
            });
        });
        builder.Services.AddHealthChecks().AddCheck<ClusterHealth>("cluster", tags: [ClusterHealth.Ready]);
        return builder;
    }
}

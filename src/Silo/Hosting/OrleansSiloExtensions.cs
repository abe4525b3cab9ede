using System.Net;
using CalendarActors.Grains;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Storage;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;
using Orleans.Storage;

namespace CalendarActors.Silo.Hosting;

/// <summary>Orleans' own parts, set as our storage and clustering need them.</summary>
internal static class OrleansSiloExtensions
{
    /// <summary>Storage, reminders, membership, messaging.</summary>
    public static ISiloBuilder UseCalendarActors(this ISiloBuilder silo, NodeOptions node, OperatorDashboardOptions dashboard)
    {
        silo.Configure<ClusterOptions>(o =>
        {
            o.ClusterId = node.ClusterId;
            o.ServiceId = NodeOptions.ServiceId;
        });
        if (node.SiloName.Length > 0)
        {
            silo.Configure<SiloOptions>(o => o.SiloName = node.SiloName);
        }

        silo.UseMembership(node);
        silo.UseStateStorage(StorageNames.Provider);
        silo.UseReminders();
        silo.AddActivityPropagation();
        if (dashboard.IsOn)
        {
            // Its trace would stream every line that is logged.
            silo.AddDashboard(o => o.HideTrace = true);
        }

        // A silo that died is noticed at once, as its connections are reset. One that is silent, because its machine or a link
        // died, is suspected once nothing was heard of it for three of the longest probes: 12 s instead of 24. Stricter ones
        // would evict silos that only pause for a collection.
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(2);
            o.MaxProbeTimeout = TimeSpan.FromSeconds(4);
            o.NumMissedProbesLimit = 3;
            o.NumVotesForDeathDeclaration = 2;

            // An evicted silo that hears nobody reads here that it is dead.
            o.TableRefreshTimeout = TimeSpan.FromSeconds(10);

            // A silo that joins calls every other one first. When all of them died together and come back at other
            // addresses, it waits until the dead have missed three of these: 15 s instead of 90.
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        silo.Configure<SiloMessagingOptions>(o => o.CancelRequestOnTimeout = true);

        // Calls of a co-hosted gateway go through the silo's own client.
        silo.Configure<ClientMessagingOptions>(o => o.CancelRequestOnTimeout = true);
        return silo;
    }

    /// <summary>A named provider on the state database. More names may be added; each has the same rules.</summary>
    /// <remarks>
    /// The serializer is named because the default writes CLR type names, and ours are promised by aliases. Rows are
    /// deleted when state is cleared, so that a revoked token is gone.
    /// </remarks>
    public static ISiloBuilder UseStateStorage(this ISiloBuilder silo, string name)
        => silo.AddAdoNetGrainStorage(name, options => options.Configure<StateDatabase, Serializer>((o, database, serializer) =>
        {
            o.Invariant = database.Invariant;
            o.DataSource = database.Source;
            o.DeleteStateOnClear = true;
            o.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));

    private static void UseReminders(this ISiloBuilder silo)
    {
        silo.UseAdoNetReminderService(options => options.Configure<StateDatabase>((o, database) =>
        {
            o.Invariant = database.Invariant;
            o.DataSource = database.Source;
        }));
    }

    private static void UseMembership(this ISiloBuilder silo, NodeOptions node)
    {
        if (node.Mode is ClusterMode.Localhost)
        {
            silo.UseLocalhostClustering(node.SiloPort, node.GatewayPort, serviceId: NodeOptions.ServiceId, clusterId: node.ClusterId);
            return;
        }

        silo.UseAdoNetClustering(options => options.Configure<StateDatabase>((o, database) =>
        {
            o.Invariant = database.Invariant;
            o.DataSource = database.Source;
        }));
        IPAddress address = IPAddress.TryParse(node.AdvertisedAddress, out IPAddress? given) ? given : IPAddress.Loopback;
        silo.ConfigureEndpoints(address, node.SiloPort, node.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
    }
}

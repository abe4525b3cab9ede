using System.Net;
using CalendarActors.Grains;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Storage;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace CalendarActors.Silo.Hosting;

/// <summary>Orleans' own parts, set as our storage and clustering need them.</summary>
internal static class OrleansSiloExtensions
{
    /// <summary>Storage, reminders, membership, messaging.</summary>
    public static ISiloBuilder UseCalendarActors(this ISiloBuilder silo, NodeOptions node)
    {
        silo.Configure<ClusterOptions>(o =>
        {
            o.ClusterId = node.ClusterId;
            o.ServiceId = NodeOptions.ServiceId;
        });
        silo.UseMembership(node);
        silo.UseStateStorage(StorageNames.Provider);
        silo.UseReminders();
        silo.AddActivityPropagation();

        // A dead silo is noticed in about 6 s; a stricter probe would evict silos that only pause for a collection.
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(2);
            o.NumMissedProbesLimit = 3;
            o.NumVotesForDeathDeclaration = 2;
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

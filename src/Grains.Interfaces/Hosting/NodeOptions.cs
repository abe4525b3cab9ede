using System.Net;

namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>This node's place in the cluster, from configuration section <c>CalendarActors:Cluster</c>.</summary>
/// <remarks>Not named ClusterOptions, which is Orleans' own.</remarks>
public sealed class NodeOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:Cluster";

    /// <summary>Part of every stored key, so it never changes: another value would hide all state.</summary>
    public const string ServiceId = "calendaractors";

    /// <summary>How silos find each other. Default: <see cref="ClusterMode.Localhost"/>.</summary>
    public ClusterMode Mode { get; set; } = ClusterMode.Localhost;

    /// <summary>The cluster's name; processes with the same one join. 1 to 150 characters. Default: <c>calendaractors</c>.</summary>
    public string ClusterId { get; set; } = "calendaractors";

    /// <summary>Where silos talk to each other, 1 to 65535. Default: 11111.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Where gateways talk to silos, 1 to 65535. Default: 30000.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// The IP address under which other nodes reach this silo. Empty (the default) means loopback, so it must be set when
    /// the nodes are on several machines.
    /// </summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>
    /// What the silo is called in the dashboard and in logs, at most 100 characters; empty (the default) for a random name.
    /// Names that say where it runs are worth having; two silos of one name are told apart by their addresses.
    /// </summary>
    public string SiloName { get; set; } = "";

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    /// <param name="storage">The database of the same node: membership lives there.</param>
    public IEnumerable<string> Problems(StorageOptions storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (!Enum.IsDefined(Mode))
        {
            yield return $"{Section}:Mode is not one that we know. Set CalendarActors__Cluster__Mode to Localhost or AdoNet.";
        }

        if (Mode is ClusterMode.AdoNet && storage.Provider is not StorageProvider.PostgreSql)
        {
            yield return $"{Section}:Mode is AdoNet, which needs PostgreSQL. Set CalendarActors__Storage__Provider to "
                + "PostgreSql, or CalendarActors__Cluster__Mode to Localhost for a single node.";
        }

        if (ClusterId is not { Length: > 0 and <= 150 })
        {
            yield return $"{Section}:ClusterId must have 1 to 150 characters. Leave CalendarActors__Cluster__ClusterId "
                + "out for the default.";
        }

        if (SiloName is not { Length: <= 100 })
        {
            yield return $"{Section}:SiloName is longer than 100 characters. Set a shorter CalendarActors__Cluster__SiloName, "
                + "or leave it out for a random one.";
        }

        if (SiloPort is < 1 or > 65535)
        {
            yield return $"{Section}:SiloPort is not a port. Set CalendarActors__Cluster__SiloPort to 1 to 65535.";
        }

        if (GatewayPort is < 1 or > 65535 || GatewayPort == SiloPort)
        {
            yield return $"{Section}:GatewayPort is not a port of its own. Set CalendarActors__Cluster__GatewayPort to "
                + "1 to 65535, other than the silo port.";
        }

        if (AdvertisedAddress.Length > 0 && !IPAddress.TryParse(AdvertisedAddress, out _))
        {
            yield return $"{Section}:AdvertisedAddress is not an IP address. Set "
                + "CalendarActors__Cluster__AdvertisedAddress to the address under which other nodes reach this one.";
        }
    }
}

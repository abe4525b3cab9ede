namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>How silos find each other.</summary>
public enum ClusterMode
{
    /// <summary>One process, membership in memory. The default.</summary>
    Localhost,

    /// <summary>Several processes, membership in PostgreSQL.</summary>
    AdoNet,
}

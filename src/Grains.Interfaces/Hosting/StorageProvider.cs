namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>The databases that keep state.</summary>
public enum StorageProvider
{
    /// <summary>One file in the data directory, for one process. The default.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later, for one node or a cluster.</summary>
    PostgreSql,
}

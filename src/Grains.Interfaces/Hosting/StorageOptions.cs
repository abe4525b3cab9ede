namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>Where state is kept, from configuration section <c>CalendarActors:Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:Storage";

    /// <summary>The database. Default: <see cref="StorageProvider.Sqlite"/>.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// For PostgreSQL an Npgsql connection string, demanded. For SQLite empty (the default) means
    /// <c>calendaractors.db</c> in the data directory; otherwise a Microsoft.Data.Sqlite connection string.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(Provider))
        {
            yield return $"{Section}:Provider is not a database that we know. Set CalendarActors__Storage__Provider to "
                + "Sqlite or PostgreSql.";
        }

        if (Provider is StorageProvider.PostgreSql && string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return $"{Section}:ConnectionString is missing. Set CalendarActors__Storage__ConnectionString to, for "
                + "example, 'Host=db.example.com;Database=calendaractors;Username=calendaractors;Password=…', or "
                + "CalendarActors__Storage__Provider to Sqlite for a single node.";
        }
    }
}

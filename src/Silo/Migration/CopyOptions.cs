using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Migration;

/// <summary>Where a node's SQLite databases are copied, from configuration section <c>CalendarActors:CopyTo</c>.</summary>
public sealed class CopyOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:CopyTo";

    /// <summary>An empty PostgreSQL database, version 15 or later. Demanded by <c>--copy-to-postgresql</c>, read by nothing else.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Where data keys go; beside the state when it is not set.</summary>
    public string KeyStoreConnectionString { get; set; } = "";

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well, also while nothing is to be copied.</summary>
    public IEnumerable<string> Problems()
    {
        foreach ((string name, string text) in new[]
        {
            (nameof(ConnectionString), ConnectionString), (nameof(KeyStoreConnectionString), KeyStoreConnectionString),
        })
        {
            if (ConnectionStrings.Fault(StorageProvider.PostgreSql, text) is { } fault)
            {
                yield return $"{Section}:{name} cannot be read: {fault} Correct CalendarActors__CopyTo__{name}.";
            }
        }
    }
}

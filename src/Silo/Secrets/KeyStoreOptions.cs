using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Secrets;

/// <summary>Where wrapped data keys are kept, from configuration section <c>CalendarActors:Secrets:KeyStore</c>.</summary>
/// <remarks>
/// Apart from the state, so that its backups can be shorter-lived: what was erased is gone when they are.
/// </remarks>
public sealed class KeyStoreOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:Secrets:KeyStore";

    /// <summary>
    /// A connection string for the same kind of database as the state's. Empty (the default) means <c>keys.db</c> in the
    /// data directory for SQLite, and schema <c>calendar_keys</c> of the state's database for PostgreSQL.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    /// <param name="storage">The state's database: the key store's is of the same kind.</param>
    public IEnumerable<string> Problems(StorageOptions storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (ConnectionStrings.Fault(storage.Provider, ConnectionString) is { } fault)
        {
            yield return $"{Section}:ConnectionString cannot be read: {fault} Correct "
                + "CalendarActors__Secrets__KeyStore__ConnectionString, or leave it out to keep the keys beside the state.";
        }
    }
}

using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CalendarActors.Silo.Storage;

/// <summary>Reads connection strings before anything connects, so that a mistyped one is refused in plain words.</summary>
internal sealed class ConnectionStrings : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
        => Fault(options.Provider, options.ConnectionString) is { } fault
            ? ValidateOptionsResult.Fail(
                $"{StorageOptions.Section}:ConnectionString cannot be read: {fault} Correct "
                + "CalendarActors__Storage__ConnectionString.")
            : ValidateOptionsResult.Success;

    /// <summary>What the driver says about it; null when it can be read, or is empty. Never repeats a value: it may be a password.</summary>
    public static string? Fault(StorageProvider provider, string connectionString)
    {
        try
        {
            _ = provider is StorageProvider.PostgreSql
                ? new NpgsqlConnectionStringBuilder(connectionString).Host
                : new SqliteConnectionStringBuilder(connectionString).DataSource;
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException)
        {
            return $"{provider} does not understand it ({fault.GetType().Name}).";
        }
    }
}

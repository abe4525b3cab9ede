using System.Data.Common;
using System.Globalization;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Hosting;
using CalendarActors.Silo.Secrets;
using CalendarActors.Silo.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CalendarActors.Silo.Migration;

/// <summary>Copies what a single node has on SQLite to PostgreSQL, so that a cluster goes on with it.</summary>
/// <remarks>
/// (1) Take the data directory, so that no node writes meanwhile. (2) Bring both sides to this program's schema. (3) Refuse a
/// database that has something. (4) Copy keys, then state, each in one transaction; state last, so that an interrupted copy
/// leaves none and can be repeated. The source stays as it is.
/// </remarks>
public static class PostgreSqlCopy
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--copy-to-postgresql";

    /// <summary>Copies everything.</summary>
    /// <param name="configuration">The node's, with <see cref="CopyOptions"/>.</param>
    /// <param name="cancellationToken">Ends it; nothing is copied then.</param>
    /// <returns>Rows by table.</returns>
    /// <exception cref="StartRefusedException">A node runs on the directory, there is nothing to copy, or the target is not empty.</exception>
    public static async Task<IReadOnlyList<(string Table, long Rows)>> RunAsync(
        IConfiguration configuration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        CopyOptions options = configuration.ReadOptions<CopyOptions>(CopyOptions.Section);
        DataDirectoryOptions directory = configuration.ReadOptions<DataDirectoryOptions>(DataDirectoryOptions.Section);
        StorageOptions storage = configuration.ReadOptions<StorageOptions>(StorageOptions.Section);
        KeyStoreOptions keys = configuration.ReadOptions<KeyStoreOptions>(KeyStoreOptions.Section);
        Check(options, directory, storage);

        // 1.
        using DataDirectoryClaim claim = DataDirectoryClaim.Take(directory);
        await using StateDatabase from = StateDatabase.From(storage, directory);
        await using KeyDatabase fromKeys = KeyDatabase.From(storage, keys, directory);
        StorageOptions there = new() { Provider = StorageProvider.PostgreSql, ConnectionString = options.ConnectionString };
        await using StateDatabase to = StateDatabase.From(there, directory);
        await using KeyDatabase toKeys = KeyDatabase.From(
            there, new KeyStoreOptions { ConnectionString = options.KeyStoreConnectionString }, directory);

        // 2.
        if (await Schema.OfState(from).ApplyAsync(from.Source, cancellationToken) == 0)
        {
            throw new StartRefusedException(
                $"There is no node's database in '{directory.FullPath}'. Set CalendarActors__DataDirectory to the folder that it ran with.");
        }

        await fromKeys.ApplySchemaAsync(cancellationToken);
        try
        {
            await Schema.OfState(to).ApplyAsync(to.Source, cancellationToken);
            await toKeys.ApplySchemaAsync(cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            throw new StartRefusedException(
                $"The PostgreSQL database cannot be prepared: {fault.Message} Correct CalendarActors__CopyTo__ConnectionString, and give its "
                + "user the right to make tables.",
                fault);
        }

        // 3. and 4.
        await using DbConnection source = await from.Source.OpenConnectionAsync(cancellationToken);
        await using DbConnection sourceKeys = await fromKeys.Source.OpenConnectionAsync(cancellationToken);
        await using var target = (NpgsqlConnection)await to.Source.OpenConnectionAsync(cancellationToken);
        await using var targetKeys = (NpgsqlConnection)await toKeys.Source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction stating = await target.BeginTransactionAsync(cancellationToken);
        await using NpgsqlTransaction keying = await targetKeys.BeginTransactionAsync(cancellationToken);
        await DemandEmptyAsync(target, cancellationToken);
        await TableCopier.ForgetRepeatedKeysAsync(sourceKeys, targetKeys, cancellationToken);
        List<(string, long)> copied = [];
        foreach (CopiedTable table in CopiedTable.OfKeys)
        {
            copied.Add((table.To, await TableCopier.CopyAsync(table, sourceKeys, targetKeys, cancellationToken)));
        }

        foreach (CopiedTable table in CopiedTable.OfState)
        {
            await target.ExecuteAsync($"delete from {table.To}", cancellationToken);
            copied.Add((table.To, await TableCopier.CopyAsync(table, source, target, cancellationToken)));
        }

        await RaiseVersionsAsync(source, target, cancellationToken);
        await keying.CommitAsync(cancellationToken);
        await stating.CommitAsync(cancellationToken);
        return copied;
    }

    private static void Check(CopyOptions options, DataDirectoryOptions directory, StorageOptions storage)
    {
        string[] problems = [.. options.Problems(), .. directory.Problems()];
        if (options.ConnectionString.Length == 0)
        {
            problems = [.. problems, $"{CopyOptions.Section}:ConnectionString is missing. Set CalendarActors__CopyTo__ConnectionString to an empty PostgreSQL database."];
        }

        if (storage.Provider is not StorageProvider.Sqlite)
        {
            problems = [.. problems, "What is copied is a node's SQLite database. Leave CalendarActors__Storage__Provider out while copying."];
        }

        if (problems.Length > 0)
        {
            throw new OptionsValidationException(CopyOptions.Section, typeof(CopyOptions), problems);
        }
    }

    private static async Task DemandEmptyAsync(NpgsqlConnection target, CancellationToken cancellationToken)
    {
        if (await target.ScalarAsync("select 1 from grain_state limit 1", cancellationToken) is not null)
        {
            throw new StartRefusedException(
                "The PostgreSQL database has grain state already, and nothing is copied over it. Give "
                + "CalendarActors__CopyTo__ConnectionString an empty database.");
        }
    }

    // No etag that was ever given is given again.
    private static async Task RaiseVersionsAsync(DbConnection source, NpgsqlConnection target, CancellationToken cancellationToken)
    {
        object? highest = await source.ScalarAsync(
            "select max(v) from (select version as v from version_floor union all select version from grain_state)", cancellationToken);
        await target.ExecuteAsync(
            "select setval('grain_state_version', @highest)",
            cancellationToken,
            ("highest", Math.Max(1, Convert.ToInt64(highest, CultureInfo.InvariantCulture))));
    }
}

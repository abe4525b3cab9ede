using System.Data.Common;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Tests.Storage;

[Collection(SharedDatabases.Name)]
public sealed class SchemaTests(Databases databases)
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Apply_WhenRepeated_FindsItsVersionAndKeepsTheRows(StorageProvider provider)
    {
        await using StateDatabase database = (await databases.EmptyAsync(provider)).OpenState();
        Schema schema = Schema.OfState(database);

        Assert.Equal(0, await schema.ApplyAsync(database.Source, default));
        await using (DbConnection connection = await database.Source.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                "insert into directory_entry (kind, parent, key, display) values ('k', 'p', 'x', 'd')", default);
            await connection.ExecuteAsync("update OrleansQuery set QueryText = 'old' where QueryKey = 'WriteToStorageKey'", default);
        }

        Assert.Equal(1, await schema.ApplyAsync(database.Source, default));
        await using DbConnection after = await database.Source.OpenConnectionAsync();
        Assert.Equal(1L, Convert.ToInt64(await after.ScalarAsync("select count(*) from directory_entry", default)));
        Assert.Equal(
            EmbeddedScripts.Queries(database.ScriptFolder)["WriteToStorageKey"],
            await after.ScalarAsync("select QueryText from OrleansQuery where QueryKey = 'WriteToStorageKey'", default));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Apply_WhenManyStartTogether_OneMakesItAndTheOthersFindIt(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);

        int[] found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using StateDatabase database = place.OpenState();
            return await Schema.OfState(database).ApplyAsync(database.Source, default);
        })));

        Assert.Equal(1, found.Count(version => version == 0));
        Assert.Equal(7, found.Count(version => version == 1));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Apply_WhenTheDatabaseIsNewer_RefusesAndChangesNothing(StorageProvider provider)
    {
        await using StateDatabase database = (await databases.EmptyAsync(provider)).OpenState();
        Schema schema = Schema.OfState(database);
        await schema.ApplyAsync(database.Source, default);
        await using DbConnection connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("update schema_version set version = 99", default);
        await connection.ExecuteAsync("update OrleansQuery set QueryText = 'newer' where QueryKey = 'WriteToStorageKey'", default);

        StartRefusedException refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => schema.ApplyAsync(database.Source, default));

        Assert.Contains("version 99, and this program knows 1", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            "newer",
            await connection.ScalarAsync("select QueryText from OrleansQuery where QueryKey = 'WriteToStorageKey'", default));
    }
}

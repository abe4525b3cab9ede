using System.Data.Common;
using System.Globalization;
using System.Reflection;
using CalendarActors.Grains;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Storage;
using Orleans.Storage;

namespace CalendarActors.Silo.Tests.Storage;

/// <summary>The faults of the official statements, and the traps of the provider.</summary>
[Collection(SharedDatabases.Name)]
public sealed class GrainStorageTests(Databases databases)
{
    private const string State = "test.meta";

    [Theory, OnSqlite, OnPostgreSql]
    public async Task FirstWrite_When16Race_ExactlyOneIsKeptAndTheGrainStaysReadable(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        for (int round = 0; round < 5; round++)
        {
            GrainId grain = Grain($"cal_race{round}");
            using var together = new Barrier(16);

            bool[] won = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Factory.StartNew(
                async () =>
                {
                    together.SignalAndWait();
                    return await TryWriteAsync(silo, grain, new GrainState<StoredText>(Text($"writer {writer}")));
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            int winner = Array.IndexOf(won, true);
            Assert.Single(won, true);
            Assert.Equal($"writer {winner}", (await ReadAsync(silo, grain)).State!.Text);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task WriteAndClear_WhenTheEtagIsStale_ThrowInconsistentState(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        GrainId grain = Grain("cal_stale");
        var first = new GrainState<StoredText>(Text("one"));
        await silo.Storage.WriteStateAsync(State, grain, first);
        GrainState<StoredText> second = await ReadAsync(silo, grain);
        first.State = Text("two");
        await silo.Storage.WriteStateAsync(State, grain, first);

        second.State = Text("late");
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.WriteStateAsync(State, grain, second));
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.ClearStateAsync(State, grain, second));
        Assert.Equal("two", (await ReadAsync(silo, grain)).State!.Text);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Clear_OfAState_DeletesTheRow(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        GrainId grain = Grain("cal_cleared");
        var state = new GrainState<StoredText>(Text("token"));
        await silo.Storage.WriteStateAsync(State, grain, state);
        Assert.Equal(1, await RowsAsync(silo, "cal_cleared"));

        await silo.Storage.ClearStateAsync(State, grain, state);

        Assert.Equal(0, await RowsAsync(silo, "cal_cleared"));
        GrainState<StoredText> read = await ReadAsync(silo, grain);
        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Write_WhenARowIsMadeAgain_NeverRepeatsAnEtag(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        GrainId grain = Grain("cal_again");
        var etags = new HashSet<string>(StringComparer.Ordinal);
        int writes = 0;
        for (int life = 0; life < 12; life++)
        {
            var state = new GrainState<StoredText>(Text($"life {life}"));
            for (int write = 0; write <= life % 4; write++)
            {
                await silo.Storage.WriteStateAsync(State, grain, state);
                etags.Add(state.ETag!);
                writes++;
            }

            await silo.Storage.ClearStateAsync(State, grain, state);
        }

        Assert.Equal(writes, etags.Count);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Write_WhenTheRowWasMadeAgain_RefusesTheFormerLifesEtag(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        GrainId grain = Grain("cal_former");
        var former = new GrainState<StoredText>(Text("former"));
        await silo.Storage.WriteStateAsync(State, grain, former);
        GrainState<StoredText> now = await ReadAsync(silo, grain);
        await silo.Storage.ClearStateAsync(State, grain, now);
        await silo.Storage.WriteStateAsync(State, grain, new GrainState<StoredText>(Text("again")));

        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.WriteStateAsync(State, grain, former));
        Assert.Equal("again", (await ReadAsync(silo, grain)).State!.Text);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Write_WhenAnEarlierOneFailedOnALock_WorksAgainOnThePooledConnections(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        string impatient = provider is StorageProvider.Sqlite
            ? $"Data Source={Path.Combine(place.Folder, "impatient.db")};Default Timeout=1"
            : place.ConnectionString + ";Maximum Pool Size=2;Options=-c lock_timeout=200";
        await using SiloHost silo = await SiloHost.StartAsync(place with { ConnectionString = impatient });
        GrainId grain = Grain("cal_busy");
        await using (DbConnection other = await silo.Database.Source.OpenConnectionAsync())
        {
            await other.ExecuteAsync(
                provider is StorageProvider.Sqlite ? "begin immediate" : "begin; lock table grain_state in exclusive mode",
                default);

            await Assert.ThrowsAnyAsync<DbException>(
                () => silo.Storage.WriteStateAsync(State, grain, new GrainState<StoredText>(Text("blocked"))));
            await other.ExecuteAsync("rollback", default);

            // While the other connection is out of the pool, these get the one that failed.
            for (int i = 0; i < 8; i++)
            {
                await silo.Storage.WriteStateAsync(State, Grain($"cal_busy{i}"), new GrainState<StoredText>(Text("fine")));
            }
        }

        Assert.False((await ReadAsync(silo, grain)).RecordExists);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Keys_WithOurPrefixes_AreNeverFoldedIntoEachOther(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        string[] keys =
        [
            "cal_12", "cal_012", "cal_cafe", "cal_00cafe", "cal_CAFE", "acc_12", "cal_12+a", "cal_012+a",
            "cal_0123456789abcdef0123456789abcdef", "cal_0123456789ABCDEF0123456789ABCDEF",
        ];
        foreach (string key in keys)
        {
            await silo.Storage.WriteStateAsync("test.alias", Grain(key), new GrainState<StoredText>(Text(key)));
        }

        foreach (string key in keys)
        {
            var read = new GrainState<StoredText>(new());
            await silo.Storage.ReadStateAsync("test.alias", Grain(key), read);
            Assert.Equal(key, read.State!.Text);
        }
    }

    /// <summary>Documents why every key has a prefix: the provider folds these before our statements see them.</summary>
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Keys_WithoutPrefix_AreFoldedByTheProvider(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        await silo.Storage.WriteStateAsync("test.folded", Grain("cafe"), new GrainState<StoredText>(Text("of cafe")));

        var read = new GrainState<StoredText>(new());
        await silo.Storage.ReadStateAsync("test.folded", Grain("00cafe"), read);

        Assert.Equal("of cafe", read.State!.Text);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task States_OfOneKeyWithDifferentNames_AreApart(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        GrainId grain = Grain("cal_names");
        await silo.Storage.WriteStateAsync("test.one", grain, new GrainState<StoredText>(Text("one")));
        await silo.Storage.WriteStateAsync("test.two", grain, new GrainState<StoredText>(Text("two")));

        var read = new GrainState<StoredText>(new());
        await silo.Storage.ReadStateAsync("test.one", grain, read);

        Assert.Equal("one", read.State!.Text);
    }

    [Fact]
    public void StateNames_OfAllGrains_AreDifferent()
    {
        string[] names = [.. typeof(StorageNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetRawConstantValue()!)];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Write_OfALargeState_ReadsBackEqual(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        GrainId grain = Grain("cal_large");
        string text = string.Concat(Enumerable.Range(0, 60_000).Select(i => i.ToString("x", CultureInfo.InvariantCulture)));

        await silo.Storage.WriteStateAsync(State, grain, new GrainState<StoredText>(Text(text)));

        Assert.Equal(text, (await ReadAsync(silo, grain)).State!.Text);
    }

    private static GrainId Grain(string key) => GrainId.Create("test", key);

    private static StoredText Text(string text) => new() { Text = text };

    private static async Task<GrainState<StoredText>> ReadAsync(SiloHost silo, GrainId grain)
    {
        var state = new GrainState<StoredText>(new());
        await silo.Storage.ReadStateAsync(State, grain, state);
        return state;
    }

    private static async Task<bool> TryWriteAsync(SiloHost silo, GrainId grain, GrainState<StoredText> state)
    {
        try
        {
            await silo.Storage.WriteStateAsync(State, grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private static async Task<long> RowsAsync(SiloHost silo, string key)
    {
        await using DbConnection connection = await silo.Database.Source.OpenConnectionAsync();
        return Convert.ToInt64(await connection.ScalarAsync(
            "select count(*) from grain_state where grain_key = @key", default, ("key", key)));
    }
}

using System.Data.Common;
using CalendarActors.Grains;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Owed;
using CalendarActors.Silo.Storage;
using CalendarActors.Silo.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Silo.Tests.Owed;

[Collection(SharedDatabases.Name)]
public sealed class OwedWorkTests(Databases databases)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Take_WhenRowsRested_GivesTheOldestFirstAndOnce(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        const string State = "take.outbox";
        await OweAsync(silo, State, "cal_old", secondsAgo: 31);
        await OweAsync(silo, State, "cal_older", secondsAgo: 300);
        await OweAsync(silo, State, "cal_fresh", secondsAgo: 1);
        await OweAsync(silo, "other.outbox", "cal_other", secondsAgo: 300);
        var owed = silo.Services.GetRequiredService<IOwedWork>();

        Assert.Equal(["cal_older"], (await owed.TakeAsync(State, Rest, 1, default)).Select(r => r.GrainKey));
        Assert.Equal(["cal_old"], (await owed.TakeAsync(State, Rest, 10, default)).Select(r => r.GrainKey));
        Assert.Empty(await owed.TakeAsync(State, Rest, 10, default));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Take_WhenSilosSweepTogether_GivesEachRowToOne(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        const string State = "together.outbox";
        for (int i = 0; i < 40; i++)
        {
            await OweAsync(silo, State, $"cal_{i}", secondsAgo: 60);
        }

        var owed = silo.Services.GetRequiredService<IOwedWork>();
        IReadOnlyList<OwedRow>[] taken = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => owed.TakeAsync(State, Rest, 20, default))));

        string[] keys = [.. taken.SelectMany(rows => rows).Select(r => r.GrainKey)];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(40, keys.Length + (await owed.TakeAsync(State, Rest, 100, default)).Count);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Take_WhenTheRowWasWrittenAgain_LetsItRest(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        const string State = "again.outbox";
        GrainState<StoredText> state = await OweAsync(silo, State, "cal_again", secondsAgo: 60);
        await silo.Storage.WriteStateAsync(State, GrainId.Create("test", "cal_again"), state);

        Assert.Empty(await silo.Services.GetRequiredService<IOwedWork>().TakeAsync(State, Rest, 10, default));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Take_OfAStateThatOwesNothing_FindsNothing(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        await silo.Storage.WriteStateAsync(
            "plain.meta", GrainId.Create("test", "cal_plain"), new GrainState<StoredText>(new()));

        Assert.Empty(await silo.Services.GetRequiredService<IOwedWork>().TakeAsync("plain.meta", TimeSpan.Zero, 10, default));
    }

    [Fact]
    public void States_ThatOwe_AreThoseWithTheSuffix()
    {
        string[] named = [.. typeof(StorageNames).GetFields()
            .Select(f => (string)f.GetRawConstantValue()!)
            .Where(n => n.EndsWith(OwedStates.Suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

        Assert.Equal(named, OwedStates.GrainTypes.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Writes an owed row as a grain would, and moves it into the past: the age is the database's to know.</summary>
    internal static async Task<GrainState<StoredText>> OweAsync(SiloHost silo, string state, string key, int secondsAgo)
    {
        var written = new GrainState<StoredText>(new());
        await silo.Storage.WriteStateAsync(state, GrainId.Create("test", key), written);
        await using DbConnection connection = await silo.Database.Source.OpenConnectionAsync();
        int changed = await connection.ExecuteAsync(
            silo.Place.Provider is StorageProvider.PostgreSql
                ? "update grain_state set owed_at = owed_at - @ago * interval '1 second' where state_name = @state and grain_key = @key"
                : "update grain_state set owed_at = owed_at - @ago * 1000 where state_name = @state and grain_key = @key",
            default, ("ago", secondsAgo), ("state", state), ("key", key));
        Assert.Equal(1, changed);
        return written;
    }
}

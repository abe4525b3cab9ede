using System.Data.Common;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Migration;
using CalendarActors.Silo.Storage;
using CalendarActors.Silo.Tests.Storage;
using CalendarActors.TestKit.Machine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CalendarActors.Silo.Tests.Migration;

[Collection(SharedDatabases.Name)]
public sealed class PostgreSqlCopyTests(Databases databases)
{
    private static readonly SecretPlace Place = new("connection", "pro_1", "tokens");
    private static readonly GrainId Grain = GrainId.Create("test", "cal_copied");
    private static readonly DateTime Start = new(2027, 3, 1, 12, 30, 15, DateTimeKind.Utc);

    [FactNeeding("initdb")]
    public async Task Copy_WhenASiloGoesOnInPostgreSql_HasStateSecretsRemindersAndLists()
    {
        DatabasePlace here = await databases.EmptyAsync(StorageProvider.Sqlite);
        DatabasePlace there = await databases.EmptyAsync(StorageProvider.PostgreSql);
        (string Key, string Value)[] keys = SiloHost.Keys();
        SealedSecret secret;
        string etag;
        await using (SiloHost silo = await SiloHost.StartAsync(here, keys))
        {
            var state = new GrainState<StoredText>(new() { Text = "copied" });
            await silo.Storage.WriteStateAsync("copied.state", Grain, state);
            await silo.Storage.WriteStateAsync("copied.state", Grain, state);
            await OwedRowAsync(silo);
            secret = await silo.Services.GetRequiredService<ISecretVault>().SealAsync("per_1", Place, "hunter2"u8.ToArray(), default);
            await silo.Services.GetRequiredService<IReminderTable>().UpsertRow(
                new() { GrainId = Grain, ReminderName = "wake", StartAt = Start, Period = TimeSpan.FromDays(40) });
            await silo.Services.GetRequiredService<IDirectory>().PutAsync(new("copied", "a_1", "parent", "Näme"), default);

            // One that was deleted held the highest version of all.
            var gone = new GrainState<StoredText>(new() { Text = "gone" });
            for (int i = 0; i < 5; i++)
            {
                await silo.Storage.WriteStateAsync("gone.state", Grain, gone);
            }

            etag = gone.ETag!;
            await silo.Storage.ClearStateAsync("gone.state", Grain, gone);
        }

        IReadOnlyList<(string Table, long Rows)> copied = await CopyAsync(here, there);

        Assert.All(
            copied.Where(c => c.Table is "grain_state" or "reminder" or "directory_entry" or "calendar_keys.data_key"),
            c => Assert.True(c.Rows > 0, c.Table));
        await using SiloHost next = await SiloHost.StartAsync(there, keys);
        var read = new GrainState<StoredText>();
        await next.Storage.ReadStateAsync("copied.state", Grain, read);
        Assert.Equal("copied", read.State?.Text);
        read.State!.Text = "changed there";
        await next.Storage.WriteStateAsync("copied.state", Grain, read);
        Assert.True(int.Parse(read.ETag!, null) > int.Parse(etag, null), $"{read.ETag} after {etag}");
        Assert.Equal("hunter2"u8.ToArray(), await next.Services.GetRequiredService<ISecretVault>().OpenAsync(Place, secret, default));
        ReminderEntry? reminder = await next.Services.GetRequiredService<IReminderTable>().ReadRow(Grain, "wake");
        Assert.Equal((Start, TimeSpan.FromDays(40)), (reminder!.StartAt, reminder.Period));
        Assert.Equal(
            [new DirectoryEntry("copied", "a_1", "parent", "Näme")],
            await next.Services.GetRequiredService<IDirectory>().ListAsync("copied", null, null, 9, default));
        Assert.Equal(1L, await OwedRowsAsync(next));
    }

    [FactNeeding("initdb")]
    public async Task Copy_WhenTheTargetHasState_IsRefusedAndChangesNothing()
    {
        DatabasePlace here = await databases.EmptyAsync(StorageProvider.Sqlite);
        DatabasePlace there = await databases.EmptyAsync(StorageProvider.PostgreSql);
        await using (SiloHost silo = await SiloHost.StartAsync(here))
        {
            await silo.Storage.WriteStateAsync("copied.state", Grain, new GrainState<StoredText>(new() { Text = "copied" }));
        }

        await CopyAsync(here, there);

        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => CopyAsync(here, there));

        Assert.Contains("CalendarActors__CopyTo__ConnectionString", refused.Message, StringComparison.Ordinal);
    }

    [FactNeeding("initdb")]
    public async Task Copy_WhenANodeRuns_IsRefused()
    {
        DatabasePlace here = await databases.EmptyAsync(StorageProvider.Sqlite);
        await using SiloHost silo = await SiloHost.StartAsync(here);

        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(
            async () => await CopyAsync(here, await databases.EmptyAsync(StorageProvider.PostgreSql)));

        Assert.Contains("another CalendarActors process", refused.Message, StringComparison.Ordinal);
    }

    [FactNeeding("initdb")]
    public async Task Copy_WhenThereIsNoNode_IsRefused() => Assert.Contains(
        "CalendarActors__DataDirectory",
        (await Assert.ThrowsAsync<StartRefusedException>(async () => await CopyAsync(
            await databases.EmptyAsync(StorageProvider.Sqlite), await databases.EmptyAsync(StorageProvider.PostgreSql)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Copy_WhenComparedWithTheSchema_HasEveryTableAndColumn()
    {
        string[] notCopied = ["schema_version", "OrleansQuery", "version_floor"];
        SiloHost silo = await databases.SiloAsync(StorageProvider.Sqlite);
        await using DbConnection connection = await silo.Database.Source.OpenConnectionAsync();

        List<string> columns = await connection.RowsAsync(
            "select m.name || '.' || c.name, m.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'",
            row => notCopied.Contains(row.GetString(1), StringComparer.Ordinal) ? "" : row.GetString(0),
            default);

        Assert.Equal(
            columns.Where(c => c.Length > 0).Order(StringComparer.Ordinal),
            CopiedTable.OfState.SelectMany(t => t.Columns.Select(c => $"{t.From}.{c.Name}")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "CalendarActors__CopyTo__ConnectionString")]
    [InlineData("Wirt=x", "CalendarActors__CopyTo__ConnectionString")]
    public async Task Copy_WhenTheTargetIsNotSaid_NamesTheRemedy(string target, string remedy)
    {
        DatabasePlace here = await databases.EmptyAsync(StorageProvider.Sqlite);

        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => CopyAsync(here, here with { ConnectionString = target }));

        Assert.Contains(refused.Failures, f => f.Contains(remedy, StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<(string Table, long Rows)>> CopyAsync(DatabasePlace here, DatabasePlace there) => PostgreSqlCopy.RunAsync(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CalendarActors:DataDirectory"] = here.Folder,
            ["CalendarActors:CopyTo:ConnectionString"] = there.ConnectionString,
        }).Build(),
        default);

    private static async Task OwedRowAsync(SiloHost silo) => await silo.Storage.WriteStateAsync(
        "copied.outbox", Grain, new GrainState<StoredText>(new() { Text = "owed" }));

    private static async Task<long> OwedRowsAsync(SiloHost silo)
    {
        await using DbConnection connection = await silo.Database.Source.OpenConnectionAsync();
        return (long)(await connection.ScalarAsync(
            "select count(*) from grain_state where state_name = 'copied.outbox' and owed_at > now() - interval '1 hour'", default))!;
    }
}

using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Silo.Tests.Storage;

[Collection(SharedDatabases.Name)]
public sealed class ReminderTests(Databases databases)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Reminder_WhenRegisteredTwice_IsListedOnceAndUnregisteredTwice(StorageProvider provider)
    {
        IRemindedGrain grain = (await databases.SiloAsync(provider)).Grains.GetGrain<IRemindedGrain>("cal_listed");
        await grain.Register("wake", Hour, Hour);
        await grain.Register("renew", Hour, Hour);
        await grain.Register("wake", Hour, 2 * Hour);
        Assert.Equal(["renew", "wake"], await grain.Names());

        await grain.Unregister("wake");
        await grain.Unregister("wake");

        Assert.Equal(["renew"], await grain.Names());
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Reminder_WhenDue_Ticks(StorageProvider provider)
    {
        IRemindedGrain grain = (await databases.SiloAsync(provider)).Grains.GetGrain<IRemindedGrain>("cal_ticks");
        await grain.Register("wake", TimeSpan.FromSeconds(5), Hour);

        await Eventually.HoldsAsync(async () => await grain.Ticks("wake") == 1);
    }

    /// <summary>Ranges of hashes, also the one that wraps around: each row is in exactly one of the two halves.</summary>
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Table_ReadByRanges_GivesEachRowOnce(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        var table = silo.Services.GetRequiredService<IReminderTable>();
        GrainId[] grains = [.. Enumerable.Range(0, 24).Select(i => GrainId.Create("ranges", $"cal_{i}"))];
        var start = new DateTime(2026, 3, 1, 12, 30, 15, DateTimeKind.Utc);
        foreach (GrainId grain in grains)
        {
            await table.UpsertRow(new() { GrainId = grain, ReminderName = "wake", StartAt = start, Period = TimeSpan.FromDays(40) });
        }

        foreach (uint border in new[] { 0x2000_0000u, 0x9000_0000u, grains[3].GetUniformHashCode() })
        {
            ReminderEntry[] first = [.. (await table.ReadRows(border, 0x7000_0000u)).Reminders];
            ReminderEntry[] second = [.. (await table.ReadRows(0x7000_0000u, border)).Reminders];
            string[] read = [.. first.Concat(second).Where(r => r.GrainId.Type == grains[0].Type)
                .Select(r => r.GrainId.ToString()).Order(StringComparer.Ordinal)];
            Assert.Equal(grains.Select(g => g.ToString()).Order(StringComparer.Ordinal), read);
        }

        ReminderEntry row = (await table.ReadRow(grains[0], "wake"))!;
        Assert.Equal((start, TimeSpan.FromDays(40)), (row.StartAt, row.Period));
        Assert.False(await table.RemoveRow(grains[0], "wake", "99"));
        Assert.True(await table.RemoveRow(grains[0], "wake", row.ETag!));
        Assert.Null(await table.ReadRow(grains[0], "wake"));
    }
}

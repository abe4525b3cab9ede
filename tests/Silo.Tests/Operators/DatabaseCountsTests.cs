using System.Data.Common;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Interfaces.Operators;
using CalendarActors.Grains.Operators;
using CalendarActors.Silo.Storage;
using CalendarActors.Silo.Tests.Owed;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CalendarActors.Silo.Tests.Operators;

[Collection(SharedDatabases.Name)]
public sealed class DatabaseCountsTests(Databases databases)
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Count_WhenThereAreEntriesRowsAndReminders_CountsEachByWhatItIs(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        var directory = silo.Services.GetRequiredService<IDirectory>();
        StoredCounts before = await CountAsync(silo);
        foreach ((string key, string state, string name) in new[]
        {
            ("pro_counted1", "connected", "counted"), ("pro_counted2", "connected", "counted"), ("pro_counted3", "disconnected", "counted"),
        })
        {
            await directory.PutAsync(new(DirectoryKinds.Connection, key, state, name), default);
        }

        await directory.PutAsync(new("counted-kind", "a", "app_1", "One"), default);
        await directory.PutAsync(new("counted-kind", "b", "app_2", "Two"), default);
        await OwedWorkTests.OweAsync(silo, "counted.outbox", "cal_counted1", secondsAgo: 10);
        await OwedWorkTests.OweAsync(silo, "counted.outbox", "cal_counted2", secondsAgo: 100);
        await OwedWorkTests.OweAsync(silo, "counted.outbox", "cal_counted3", secondsAgo: 125);
        // Due in 2, in 57, in 2, in 10, in 3 and in 10 minutes.
        await RemindAsync(silo, 58, 3, 58 + (60 * 500), 50, -3, -10);

        StoredCounts after = await CountAsync(silo);

        ListedCount[] expected =
            [new("connection", "connected", "counted", 2), new("connection", "disconnected", "counted", 1), new("counted-kind", "", "", 2)];
        Assert.Equal(expected, after.Listed.Where(c => c.Provider == "counted" || c.Kind == "counted-kind"));
        Assert.Equal([new OwedCount("counted.outbox", 3, 1)], after.Owed.Where(o => o.StateName == "counted.outbox"));
        Assert.DoesNotContain(before.Owed, o => o.StateName == "counted.outbox");
        Assert.Equal((before.Reminders + 6, before.RemindersDue + 3), (after.Reminders, after.RemindersDue));
    }

    private static Task<StoredCounts> CountAsync(SiloHost silo) =>
        silo.Services.GetRequiredService<IStoredCounts>().CountAsync(Duration.FromMinutes(2), Duration.FromMinutes(5), default);

    // Each hour; from that many minutes ago.
    private static async Task RemindAsync(SiloHost silo, params int[] minutesAgo)
    {
        await using DbConnection connection = await silo.Database.Source.OpenConnectionAsync();
        string start = silo.Database.Provider is StorageProvider.PostgreSql
            ? "now() - @ago * interval '1 minute'"
            : "strftime('%Y-%m-%d %H:%M:%f', 'now', -@ago || ' minutes')";
        foreach (int ago in minutesAgo)
        {
            await connection.ExecuteAsync(
                "insert into reminder (service_id, grain_id, name, start_time, period, grain_hash, version) "
                + $"values (@service, @grain, 'counted', {start}, 3600000, 1, 1)",
                default,
                ("service", NodeOptions.ServiceId),
                ("grain", $"test/counted{ago}"),
                ("ago", ago));
        }
    }
}

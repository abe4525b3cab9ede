using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Tests.Storage;
using CalendarActors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Silo.Tests.Hosting;

/// <summary>Silos that find each other through PostgreSQL, by our own statements.</summary>
[Collection(SharedDatabases.Name)]
public sealed class ClusterTests(Databases databases)
{
    private static readonly (string, string) InACluster = ("CalendarActors:Cluster:Mode", "AdoNet");

    [Theory, OnPostgreSql]
    public async Task Silos_OfOneDatabase_FormAClusterAndOneMayLeave(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        (string, string)[] settings = [InACluster, .. SiloHost.Keys()];
        await using SiloHost stays = await SiloHost.StartAsync(place, settings);
        await using (SiloHost leaves = await SiloHost.StartAsync(place, settings))
        {
            await Eventually.HoldsAsync(async () => await ActiveAsync(stays) == 2 && await ActiveAsync(leaves) == 2);
            for (int i = 0; i < 20; i++)
            {
                await leaves.Grains.GetGrain<IRemindedGrain>($"cal_cluster{i}")
                    .Register("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
            }
        }

        await Eventually.HoldsAsync(async () => await ActiveAsync(stays) == 1);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(["wake"], await stays.Grains.GetGrain<IRemindedGrain>($"cal_cluster{i}").Names());
        }
    }

    [Theory, OnPostgreSql]
    public async Task MembershipTable_WhenItChangedMeanwhile_RefusesTheWrite(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        await using SiloHost silo = await SiloHost.StartAsync(place, InACluster);
        var table = silo.Services.GetRequiredService<IMembershipTable>();
        await silo.StopAsync();
        MembershipTableData before = await table.ReadAllAsync();
        var entry = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(System.Net.IPAddress.Parse("10.9.8.7"), 1234, 5),
            SiloName = "late",
            HostName = "late.example",
            Status = SiloStatus.Dead,
            StartTime = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            IAmAliveTime = new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc),
        };

        Assert.True(await table.InsertRowAsync(entry, before.Version.Next()));
        Assert.False(await table.InsertRowAsync(entry, before.Version.Next()));
        MembershipTableData after = await table.ReadRowAsync(entry.SiloAddress);
        Assert.Equal(before.Version.Version + 1, after.Version.Version);
        Assert.False(await table.InsertRowAsync(entry, after.Version.Next()));

        (MembershipEntry row, string etag) = after.Members.Single();
        row.SuspectTimes = [Tuple.Create(entry.SiloAddress, new DateTime(2020, 1, 3, 0, 0, 0, DateTimeKind.Utc))];
        Assert.False(await table.UpdateRowAsync(row, before.Version.VersionEtag, before.Version.Next()));
        Assert.True(await table.UpdateRowAsync(row, etag, after.Version.Next()));
        MembershipEntry stored = (await table.ReadRowAsync(entry.SiloAddress)).Members.Single().Item1;
        Assert.Equal(row.SuspectTimes, stored.SuspectTimes);
        Assert.Equal((entry.StartTime, "late"), (stored.StartTime, stored.SiloName));

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(2020, 2, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Empty((await table.ReadRowAsync(entry.SiloAddress)).Members);
        Assert.Single((await table.ReadAllAsync()).Members);
    }

    private static async Task<int> ActiveAsync(SiloHost silo)
        => (await silo.Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;
}

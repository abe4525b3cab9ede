using System.Collections.Immutable;
using System.Diagnostics;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;
using Xunit.Abstractions;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>Goal P9: 10,000 connected calendars of 200 events take at most 21 KB each, idle after sync.</summary>
[Collection(SharedCluster.Name)]
public sealed class CalendarMemoryTests(CalendarCluster cluster, ITestOutputHelper output)
{
    private const int Calendars = 150;
    private const int Events = 200;
    private const int Goal = 21 * 1024;

    private static readonly string[] Words =
        ("budget review quarterly planning sync with design team about launch of new customer portal lunch dentist school "
        + "parents evening interview candidate backend engineer retrospective sprint demo board meeting travel flight hotel "
        + "project kickoff status call supplier contract negotiation workshop training onboarding one to one performance "
        + "marketing campaign press release legal privacy audit security incident maintenance deployment release birthday").Split(' ');

    [Fact]
    public async Task Calendar_WhenIdleWithTwoHundredEvents_StaysUnderTheGoal()
    {
        // The first batch fills pools and caches that do not grow with calendars. Of the others the least counts: where a pool
        // grows once more, or work is still going on, that is no calendar's memory either.
        List<IConnectionGrain> connections = [(await ConnectAsync("memory0", Filled("memory0", new Random(6)))).Connection];
        List<long> takes = [];
        string[] ids = [];
        double seconds = 0;
        long before = 0;
        for (int batch = 1; batch <= 3; batch++)
        {
            InMemoryCalendar[] remotes = Filled($"memory{batch}", new Random(6 + batch));
            before = await IdleAsync();
            (IConnectionGrain connection, ids, seconds) = await ConnectAsync($"memory{batch}", remotes);
            connections.Add(connection);
            takes.Add((await IdleAsync() - before) / Calendars);
        }

        long perCalendar = takes.Where(take => take > 0).Min();
        long row = ids.Sum(id => (long)cluster.Rows.Bytes(StorageNames.CalendarSchedule, id)!.Length) / Calendars;
        foreach (string id in ids)
        {
            await cluster.Grains.GetGrain<ICalendarGrain>(id).ReadBusy(
                new CalendarQuery("app_1", null, null, "Etc/UTC", ManagedEvents.Include, false, true, null, null, 10), default);
        }

        cluster.DropReadCaches();
        long withIndex = (await IdleAsync() - before) / Calendars;
        output.WriteLine(
            $"{perCalendar} bytes a calendar in memory ({string.Join(", ", takes)}), {withIndex} with its busy index, {row} in its schedule row; "
            + $"{Calendars * Events / seconds:F0} events/s pulled and stored");
        await Task.WhenAll(connections.Select(c => c.Revoke(default)));
        Assert.InRange(perCalendar, 1, Goal);
    }

    private async Task<(IConnectionGrain Connection, string[] CalendarIds, double Seconds)> ConnectAsync(
        string user, InMemoryCalendar[] remotes)
    {
        string id = GrainKeys.Connection(cluster.Keys, ProviderNames.CalDav, "m", user);
        SealedSecret secret = await SealedAccess.SealAsync(
            cluster.Vault, $"per_{user}", id, cluster.Provider.AccessOf(user), default);
        ImmutableArray<FoundCalendar> found = [.. remotes.Select(r => new FoundCalendar(r.Id, new CalendarSummary(
            GrainKeys.Calendar(cluster.Keys, id, r.Id), r.Name, false, false, false, null, r.ZoneId)))];
        IConnectionGrain connection = cluster.Grains.GetGrain<IConnectionGrain>(id);
        Stopwatch watch = Stopwatch.StartNew();
        await connection.Claim(new ClaimConnection($"per_{user}", ProviderNames.CalDav, user, null, secret, found), default);
        await cluster.UntilAsync(async () => await connection.Summary(default) is { InitialSyncRequired: false }, "all are synced");
        double seconds = watch.Elapsed.TotalSeconds;

        // What is told of the first pull is owed a moment longer, and they are idle after that.
        await cluster.UntilAsync(
            () => Task.FromResult(found.All(f => cluster.Rows.Bytes(StorageNames.CalendarOutbox, f.Summary.CalendarId) is null)),
            "nothing is owed");
        return (connection, [.. found.Select(f => f.Summary.CalendarId)], seconds);
    }

    // On a busy machine threads are still at work when nothing is owed any more; what they hold is not what idle ones take.
    private async Task<long> IdleAsync()
    {
        long least = long.MaxValue;
        for (int look = 0; look < 3; look++)
        {
            for (int i = 0; i < 20; i++)
            {
                await CalendarCluster.LetWorkRunAsync();
            }

            least = Math.Min(least, Used());
        }

        return least;
    }

    // What the test's own storage and records keep is not the grains' memory.
    private long Used()
    {
        cluster.Rows.Writes.Clear();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true) - cluster.Rows.TotalBytes;
    }

    private InMemoryCalendar[] Filled(string user, Random random)
    {
        cluster.Provider.SetPassword(user, "p");
        return [.. Enumerable.Range(0, Calendars).Select(i => Filled(cluster.Provider.AddCalendar(user, $"c{i}"), random))];
    }

    private static InMemoryCalendar Filled(InMemoryCalendar calendar, Random random)
    {
        for (int i = 0; i < Events; i++)
        {
            string uid = Guid.NewGuid().ToString();
            CalendarObject once = TestLogin.Event(uid, Text(random, 2, 6), random.Next(7, 20), 1 + (i % 27));
            calendar.Put(once with
            {
                Master = once.Master! with
                {
                    Content = once.Master.Content with
                    {
                        Description = random.Next(3) == 0 ? Text(random, 10, 40) : "",
                        Location = random.Next(2) == 0 ? Text(random, 1, 3) : null,
                    },
                },
            });
        }

        return calendar;
    }

    private static string Text(Random random, int least, int most) =>
        string.Join(' ', Enumerable.Range(0, random.Next(least, most)).Select(_ => Words[random.Next(Words.Length)]));
}

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
    private const int Calendars = 200;
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
        // The first batch fills pools and caches that do not grow with calendars.
        InMemoryCalendar[] remotes = Filled("memory1", new Random(7));
        (IConnectionGrain first, _, _) = await ConnectAsync("memory0", Filled("memory0", new Random(6)));
        long before = Used();

        (IConnectionGrain connection, string[] ids, double seconds) = await ConnectAsync("memory1", remotes);

        long perCalendar = (Used() - before) / Calendars;
        long row = ids.Sum(id => (long)cluster.Rows.Bytes(StorageNames.CalendarSchedule, id)!.Length) / Calendars;
        foreach (string id in ids)
        {
            await cluster.Grains.GetGrain<ICalendarGrain>(id).ReadBusy(
                new CalendarQuery("app_1", null, null, "Etc/UTC", ManagedEvents.Include, false, true, null, null, 10), default);
        }

        cluster.DropReadCaches();
        long withIndex = (Used() - before) / Calendars;
        output.WriteLine(
            $"{perCalendar} bytes a calendar in memory, {withIndex} with its busy index, {row} in its schedule row; "
            + $"{Calendars * Events / seconds:F0} events/s pulled and stored");
        await connection.Revoke(default);
        await first.Revoke(default);
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
        for (int i = 0; i < 20; i++)
        {
            await CalendarCluster.LetWorkRunAsync();
        }

        return (connection, [.. found.Select(f => f.Summary.CalendarId)], seconds);
    }

    // What the test's own storage keeps is not the grains' memory.
    private long Used()
    {
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

using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Persons;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Persons;

[Collection(SharedCluster.Name)]
public sealed class PersonFeedTests(CalendarCluster cluster)
{
    private static readonly Instant At = Instant.FromUtc(2026, 2, 1, 12, 0);

    private static readonly ChangeOrigin External = new(null, null);

    private static int _persons;

    [Fact]
    public async Task Tell_WhenNobodyListens_StoresNothing()
    {
        (IPersonGrain person, string id) = Person();

        await person.Tell(News("cal_a", 1), default);

        Assert.DoesNotContain(cluster.Rows.Writes, w => w.Key == id);
        Assert.Equal(0, (await person.Feed(0, default)).Last);
    }

    [Fact]
    public async Task Tell_WhenSomeListen_IsReadByEachAndKeptUntilAllHaveSeenIt()
    {
        (IPersonGrain person, string id) = Person();
        TestListener first = await TestListener.OfAsync(person);
        TestListener second = await TestListener.OfAsync(person);
        await person.Tell(News("cal_a", 1), default);

        FeedEntry heard = Assert.Single(await first.HearAsync());
        Assert.Equal((NewsKind.Changed, "cal_a", "pro_1", At), (heard.Kind, heard.SourceId, heard.ConnectionId, heard.Since));
        Assert.Equal<ChangeOrigin>([External], heard.Origins);
        Assert.NotNull(cluster.Rows.Bytes(StorageNames.PersonFeed, id));

        Assert.Equal(heard.Sequence, Assert.Single(await second.HearAsync()).Sequence);
        Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, id));
        Assert.Empty(await first.HearAsync());
    }

    [Fact]
    public async Task Tell_WhenTheSameIsToldAgain_AddsNothing()
    {
        (IPersonGrain person, string id) = Person();
        TestListener listener = await TestListener.OfAsync(person);
        await person.Tell(News("cal_a", 1), default);
        await person.Tell(News("cal_a", 1), default);
        FeedEntry heard = Assert.Single(await listener.ReadAsync());
        await person.Tell(News("cal_a", 1), default);
        await cluster.Silos.DeactivateAsync(person);
        await person.Tell(News("cal_a", 1), default);

        Assert.Empty(await listener.HearAsync());
        await person.Tell(News("cal_a", 1), default);
        Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, id));

        // A calendar that was connected anew counts from the beginning.
        await person.Tell(News("cal_a", 1, At + Duration.FromHours(1)), default);
        Assert.True(Assert.Single(await listener.HearAsync()).Sequence > heard.Sequence);
    }

    [Fact]
    public async Task Tell_WhenNobodyReadWhatWasToldBefore_JoinsItFromTheEarliestOn()
    {
        (IPersonGrain person, _) = Person();
        TestListener listener = await TestListener.OfAsync(person);
        ChangeOrigin own = new("app_1", "app_1");
        await person.Tell(News("cal_a", 1), default);
        await person.Tell(News("cal_b", 1), default);
        await person.Tell(News("cal_a", 2, At + Duration.FromMinutes(1), own), default);

        ImmutableArray<FeedEntry> heard = await listener.ReadAsync();
        Assert.Equal(["cal_b", "cal_a"], heard.Select(e => e.SourceId));
        Assert.Equal(At, heard[1].Since);
        Assert.Equal<ChangeOrigin>([External, own], heard[1].Origins);

        // What somebody read stays as it is.
        await person.Tell(News("cal_a", 3, At + Duration.FromMinutes(2)), default);
        FeedEntry later = Assert.Single(await listener.ReadAsync());
        Assert.Equal((At + Duration.FromMinutes(2), 1), (later.Since, later.Origins.Length));
        Assert.Equal(3, (await person.Feed(0, default)).Entries.Length);
    }

    [Fact]
    public async Task Feed_WhenOneListenerNeverReads_StaysBoundedAndLosesNothing()
    {
        (IPersonGrain person, _) = Person();
        TestListener dead = await TestListener.OfAsync(person);
        TestListener alive = await TestListener.OfAsync(person);
        const int Rounds = PersonFeedState.Most + 20;
        for (int i = 0; i < Rounds; i++)
        {
            await person.Tell(News($"cal_{i % 3}", i, At + Duration.FromMinutes(i), new ChangeOrigin($"app_{i}", $"app_{i}")), default);
            Assert.Single(await alive.HearAsync());
        }

        ImmutableArray<FeedEntry> heard = await dead.ReadAsync();
        Assert.InRange(heard.Length, 3, 30);
        Assert.Equal(At, heard.Min(e => e.Since));
        Assert.Equal(
            Enumerable.Range(0, Rounds).Select(i => $"app_{i}").Order(StringComparer.Ordinal),
            heard.SelectMany(e => e.Origins).Select(o => o.ManagedBy).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(heard.Select(e => e.Sequence).Order(), heard.Select(e => e.Sequence));
    }

    [Fact]
    public async Task Sequences_WhenTheRowAndTheActivationAreGone_AreNeverGivenTwice()
    {
        (IPersonGrain person, _) = Person();
        TestListener listener = await TestListener.OfAsync(person);
        long last = listener.Position;
        for (int i = 1; i <= 5; i++)
        {
            await person.Tell(News("cal_a", i), default);
            long sequence = Assert.Single(await listener.HearAsync()).Sequence;
            Assert.True(sequence > last);
            last = sequence;
            await cluster.Silos.DeactivateAsync(person);
        }
    }

    /// <summary>A sequence that is used first and reserved later is given twice once the feed's row is gone.</summary>
    [Fact]
    public async Task Tell_WhenItsSequenceCannotBeReserved_TellsNothing()
    {
        (IPersonGrain person, string id) = Person();
        TestListener listener = await TestListener.OfAsync(person);
        cluster.Rows.FailBefore = w => w.Key == id && w.State == StorageNames.Person;
        try
        {
            await Assert.ThrowsAnyAsync<Exception>(() => person.Tell(News("cal_a", 1), default));
        }
        finally
        {
            cluster.Rows.FailBefore = null;
        }

        Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, id));
        await AgainAsync(() => person.Tell(News("cal_a", 1), default));
        Assert.Single(await listener.HearAsync());
    }

    [Fact]
    public async Task Listen_WhenRepeated_GivesTheSameAndNothingOlder()
    {
        (IPersonGrain person, _) = Person();
        TestListener first = await TestListener.OfAsync(person);
        await person.Tell(News("cal_a", 1), default);
        TestListener late = await TestListener.OfAsync(person);
        await person.Tell(News("cal_a", 2), default);
        await person.Tell(News("cal_b", 1), default);
        await cluster.Silos.DeactivateAsync(person);

        Assert.Equal(late.Position, await person.Listen(late.Id, default));
        Assert.Equal(first.Position, await person.Listen(first.Id, default));
        Assert.Equal("cal_b", (await late.HearAsync())[^1].SourceId);
        Assert.Equal("cal_b", (await first.HearAsync())[^1].SourceId);
    }

    [Fact]
    public async Task StopListening_WhenItWasTheLastToRead_LeavesNoRow()
    {
        (IPersonGrain person, string id) = Person();
        TestListener reading = await TestListener.OfAsync(person);
        TestListener gone = await TestListener.OfAsync(person);
        await person.Tell(News("cal_a", 1), default);
        await reading.HearAsync();

        await person.StopListening(gone.Id, default);
        await person.StopListening(gone.Id, default);

        Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, id));
    }

    [Fact]
    public async Task Listeners_WhenThereIsSomethingToRead_AreWokenUntilTheyReadIt()
    {
        (IPersonGrain person, _) = Person();
        TestListener listener = await TestListener.OfAsync(person);
        TestListener other = await TestListener.OfAsync(person);
        await person.Tell(News("cal_a", 1), default);
        await UntilWokenAsync(listener, 1);
        await UntilWokenAsync(other, 1);
        await other.HearAsync();

        await UntilWokenAsync(listener, 2);
        await cluster.Silos.DeactivateAsync(person);
        await person.Wake(default);
        await UntilWokenAsync(listener, 3);
        await listener.HearAsync();
        int wakes = cluster.Listeners.Wakes(listener.Id);
        await cluster.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(wakes, cluster.Listeners.Wakes(listener.Id));
    }

    [Fact]
    public async Task Seen_WhenAnEarlierOneComesLate_MakesNobodyReadAgain()
    {
        (IPersonGrain person, _) = Person();
        TestListener listener = await TestListener.OfAsync(person);
        TestListener dead = await TestListener.OfAsync(person);
        await person.Tell(News("cal_a", 1), default);
        FeedEntry first = Assert.Single(await listener.HearAsync());
        await person.Tell(News("cal_b", 1), default);
        Assert.Single(await listener.HearAsync());
        await UntilWokenAsync(dead, 1);
        int wakes = cluster.Listeners.Wakes(listener.Id);

        await person.Seen(listener.Id, first.Sequence, default);
        await UntilWokenAsync(dead, cluster.Listeners.Wakes(dead.Id) + 2);

        Assert.Equal(wakes, cluster.Listeners.Wakes(listener.Id));
        Assert.Equal(2, (await dead.ReadAsync()).Length);
    }

    [Fact]
    public async Task Tell_WhenOneReadItAndAnotherIsPagesBehind_LeavesWhatWasReadAsItIs()
    {
        (IPersonGrain person, _) = Person();
        TestListener alive = await TestListener.OfAsync(person);
        TestListener slow = await TestListener.OfAsync(person);
        for (int i = 0; i <= PersonGrain.FeedPage; i++)
        {
            await person.Tell(News($"cal_{i}", 1), default);
        }

        string last = (await alive.HearAsync())[^1].SourceId;
        Assert.DoesNotContain((await person.Feed(slow.Position, default)).Entries, e => e.SourceId == last);
        await person.Tell(News(last, 2, At + Duration.FromHours(1)), default);

        Assert.Equal(At + Duration.FromHours(1), Assert.Single(await alive.HearAsync()).Since);
        Assert.Equal(PersonGrain.FeedPage + 2, (await slow.ReadAsync()).Length);
    }

    [Fact]
    public async Task Tell_WhenAThousandListen_IsStoredOnce()
    {
        (IPersonGrain person, string id) = Person();
        List<TestListener> all = [];
        for (int i = 0; i < 1_000; i++)
        {
            all.Add(await TestListener.OfAsync(person));
        }

        int before = cluster.Rows.Writes.Count(w => w.Key == id);
        await person.Tell(News("cal_a", 1), default);
        foreach (TestListener listener in all)
        {
            Assert.Single(await listener.HearAsync());
        }

        // The sequences, the entry, and its end.
        Assert.Equal(3, cluster.Rows.Writes.Count(w => w.Key == id) - before);
    }

    [Fact]
    public async Task Feed_WhenTheProcessEndsAtAnyDurableStep_LosesNothingAndKeepsNothing()
    {
        int steps = await RunAsync(failAt: int.MaxValue, isAfter: false);
        Assert.InRange(steps, 5, 12);
        for (int step = 1; step <= steps; step++)
        {
            await RunAsync(step, isAfter: false);
            await RunAsync(step, isAfter: true);
        }
    }

    private async Task<int> RunAsync(int failAt, bool isAfter)
    {
        (IPersonGrain person, string id) = Person();
        int seen = 0;
        cluster.Rows.FailBefore = w => w.Key == id && Interlocked.Increment(ref seen) == failAt && !isAfter;
        cluster.Rows.FailAfter = w => w.Key == id && seen == failAt && isAfter;
        try
        {
            (TestListener listener, TestListener leaving) = (TestListener.Make(person), TestListener.Make(person));
            await AgainAsync(listener.ListenAsync);
            await AgainAsync(leaving.ListenAsync);
            await AgainAsync(() => person.Tell(News("cal_a", 1), default));
            Assert.Equal(["cal_a"], (await listener.ReadAsync()).Select(e => e.SourceId));
            await AgainAsync(() => person.Tell(News("cal_b", 1), default));
            Assert.Equal(["cal_b"], (await listener.ReadAsync()).Select(e => e.SourceId));
            await AgainAsync(listener.SeenAsync);
            await AgainAsync(() => person.StopListening(leaving.Id, default));

            // How far it has seen may be forgotten: then it is woken, and says so again.
            await AgainAsync(listener.SeenAsync);
            Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, id));
            await AgainAsync(() => person.Tell(News("cal_a", 2), default));
            Assert.Equal(["cal_a"], (await listener.ReadAsync()).Select(e => e.SourceId));
            await AgainAsync(listener.SeenAsync);
        }
        finally
        {
            cluster.Rows.FailBefore = null;
            cluster.Rows.FailAfter = null;
        }

        return seen;
    }

    private static async Task AgainAsync(Func<Task> call)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception exception) when (attempt < 5 && exception is not Xunit.Sdk.XunitException)
            {
                await CalendarCluster.LetWorkRunAsync();
            }
        }
    }

    private Task UntilWokenAsync(TestListener listener, int times) => cluster.UntilAsync(
        () => Task.FromResult(cluster.Listeners.Wakes(listener.Id) >= times), $"woken {times} times", TimeSpan.FromMinutes(2));

    private static PersonNews News(string source, long version, Instant? since = null, params ChangeOrigin[] origins) => new(
        NewsKind.Changed, source, "pro_1", version, since ?? At, origins.Length == 0 ? [External] : [.. origins]);

    private (IPersonGrain Person, string Id) Person()
    {
        string id = $"per_feed{Interlocked.Increment(ref _persons)}";
        return (cluster.Grains.GetGrain<IPersonGrain>(id), id);
    }
}

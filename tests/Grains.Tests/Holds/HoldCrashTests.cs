using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Holds;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Holds;

/// <summary>Storage fails at each durable step of taking a hold of two people, before it or after it.</summary>
[Collection(SharedCluster.Name)]
public sealed class HoldCrashTests(CalendarCluster cluster)
{
    private const string Client = "app_hold";

    private static int _count;

    private readonly Dictionary<string, string> _persons = new(StringComparer.Ordinal);

    private IAvailabilityGrain Worker => cluster.Grains.GetGrain<IAvailabilityGrain>(0);

    private long Noon => Instant.FromDateTimeOffset(cluster.Time.GetUtcNow()).ToUnixTimeSeconds() / 3_600 * 3_600 + 86_400;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Take_WhenItFailsAtAnyDurableStepAndIsRepeated_HoldsEverybody(bool isAfter)
    {
        for (int step = 1; step <= await StepsAsync(); step++)
        {
            (TakeHold request, string[] persons) = await AskAsync();
            await FailAtAsync(request, step, isAfter);

            HoldAnswer answer = await Worker.TakeHold(request, default);

            Assert.NotNull(answer.Hold);
            Assert.All(await AreHeldAsync(persons, request), Assert.True);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Take_WhenItFailsAtAnyDurableStepAndNobodyComesAgain_HoldsAllOrNobody(bool isAfter)
    {
        for (int step = 1; step <= await StepsAsync(); step++)
        {
            (TakeHold request, string[] persons) = await AskAsync();
            await FailAtAsync(request, step, isAfter);
            IHoldGrain hold = cluster.Grains.GetGrain<IHoldGrain>(GrainKeys.Hold(cluster.Keys, Client, request.HoldId));

            // As the sweep of owed work does while there is a row.
            await hold.Wake(default);
            bool isKept = await hold.View(default) is not null;
            await cluster.UntilAsync(
                async () => (await AreHeldAsync(persons, request)).All(held => held == isKept), $"step {step}: all or nobody", TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task Take_WhenItFailsInTheMiddleAndIsRepeatedLater_HoldsEverybodyEquallyLong()
    {
        (TakeHold request, string[] persons) = await AskAsync();
        await FailAtAsync(request, step: 3, isAfter: false);
        await cluster.PassAsync(TimeSpan.FromSeconds(100));

        HoldView hold = (await Worker.TakeHold(request, default)).Hold!;

        Assert.All(await AreHeldAsync(persons, request), Assert.True);
        cluster.Time.Advance(TimeSpan.FromSeconds(hold.ExpiresAt - Now - 1));
        Assert.All(await AreHeldAsync(persons, request), Assert.True);
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(await AreHeldAsync(persons, request), Assert.False);
    }

    [Fact]
    public async Task Hold_WhenItEndsWhileItsMeetingIsBeingWritten_IsKeptUntilItIs()
    {
        (TakeHold request, string[] persons) = await AskAsync();
        HoldView taken = (await Worker.TakeHold(request, default)).Hold!;
        string key = GrainKeys.Hold(cluster.Keys, Client, request.HoldId);
        cluster.Time.Advance(TimeSpan.FromSeconds(taken.ExpiresAt - Now - 1));
        Assert.True(await cluster.Grains.Schedule(persons[0]).ConfirmFor(key, Client, request.Start, request.End, "m", default));
        cluster.Time.Advance(TimeSpan.FromSeconds(2));

        // As the sweep of owed work does while there is a row.
        await cluster.Grains.GetGrain<IHoldGrain>(key).Wake(default);
        await cluster.UntilAsync(
            () => Task.FromResult(cluster.Rows.Writes.Any(w => w.State == StorageNames.Hold && w.Key == key && w.IsClear)),
            "the sweep let go",
            TimeSpan.FromSeconds(5));

        bool[] areHeld = await AreHeldAsync(persons, request);
        Assert.True(areHeld[0]);
        Assert.False(areHeld[1]);
    }

    private long Now => Instant.FromDateTimeOffset(cluster.Time.GetUtcNow()).ToUnixTimeSeconds();

    private async Task<int> StepsAsync()
    {
        (TakeHold request, _) = await AskAsync();
        int before = Steps(request);
        Assert.NotNull((await Worker.TakeHold(request, default)).Hold);
        int steps = Steps(request) - before;

        // What is about to be taken, each of two people, what was taken.
        Assert.Equal(4, steps);
        return steps;
    }

    private int Steps(TakeHold request) => cluster.Rows.Writes.Count(w => IsOf(w, request));

    private bool IsOf(StoredRows.Write write, TakeHold request) =>
        (write.State == StorageNames.Hold && write.Key == GrainKeys.Hold(cluster.Keys, Client, request.HoldId))
        || (write.State == StorageNames.ScheduleHolds && request.Members.Any(m => write.Key == _persons[m.Sub]));

    private async Task<(TakeHold Request, string[] Persons)> AskAsync()
    {
        List<HoldMember> members = [];
        List<string> persons = [];
        for (int i = 0; i < 2; i++)
        {
            string room = $"hold-room-{Interlocked.Increment(ref _count)}";
            string grantId = GrainKeys.ApplicationCalendarGrant(cluster.Keys, Client, room);
            TokenAnswer opened = await cluster.Grains.Grant(grantId).OpenApplicationCalendar(Client, room, default);
            Assert.NotNull(opened.Tokens);
            members.Add(new HoldMember(grantId, default));
            persons.Add(_persons[grantId] = GrainKeys.ApplicationCalendarPerson(cluster.Keys, Client, room));
        }

        return (new TakeHold(Client, $"h{_count}", [.. members], Noon, Noon + 3_600, 600), [.. persons]);
    }

    private async Task FailAtAsync(TakeHold request, int step, bool isAfter)
    {
        int seen = 0;
        bool Fails(StoredRows.Write write) => IsOf(write, request) && ++seen == step;
        cluster.Rows.FailBefore = isAfter ? null : Fails;
        cluster.Rows.FailAfter = isAfter ? Fails : null;
        try
        {
            await Assert.ThrowsAnyAsync<Exception>(() => Worker.TakeHold(request, default));
        }
        finally
        {
            (cluster.Rows.FailBefore, cluster.Rows.FailAfter) = (null, null);
        }
    }

    private async Task<bool[]> AreHeldAsync(string[] persons, TakeHold request) => await Task.WhenAll(persons.Select(async person =>
        !(await cluster.Grains.Schedule(person).Busy(new BusyQuery([], request.Start, request.End, [], null), default)).Edges.IsEmpty));
}

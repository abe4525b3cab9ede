using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Schedules;

[Collection(SharedCluster.Name)]
public sealed class ScheduleGrainTests(CalendarCluster cluster)
{
    // Nine o'clock in Berlin, on the day of TestLogin's events.
    private static readonly long Nine = Instant.FromUtc(2026, 2, 2, 8, 0).ToUnixTimeSeconds();

    private static int _rooms;

    [Fact]
    public async Task Busy_AfterEachAcknowledgedWrite_HasSeenIt()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        Assert.Empty(await BusyAsync(login));
        for (int i = 0; i < 10; i++)
        {
            await login.UpsertAsync("e", "Ours");
            Assert.Equal([0, 1], await BusyAsync(login));
            await login.UpsertAsync("e", "Ours", hour: 11);
            Assert.Equal([2, 3], await BusyAsync(login));
            await login.DeleteAsync("e");
            Assert.Empty(await BusyAsync(login));
        }
    }

    [Fact]
    public async Task Busy_WhenAPullFoundSomething_HasItWhenItIsTold()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("a", "Lunch", hour: 12)));
        Assert.Equal([3, 4], await BusyAsync(login));
        login.Remote.Put(TestLogin.Event("b", "Dinner", hour: 18));

        await login.UntilSyncedAsync();

        Assert.Equal([3, 4, 9, 10], await BusyAsync(login));
    }

    [Fact]
    public async Task Busy_WhenTheScheduleIsLost_IsToldAnew()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("a", "Lunch", hour: 12)));
        Assert.Equal([3, 4], await BusyAsync(login));
        await cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

        await login.UpsertAsync("e", "Ours");

        Assert.Equal([0, 1, 3, 4], await BusyAsync(login));
    }

    [Fact]
    public async Task Busy_OfSomebodysOwn_TellsTheirStarts()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, c => c.Put(TestLogin.Event("a", "Lunch", hour: 12)));
        await login.UpsertAsync("e", "Ours");
        await login.UpsertAsync("f", "Theirs", client: "app_2");

        PersonBusy busy = await ScheduleOf(login).Busy(QueryOf(login) with { OwnerOf = TestLogin.Client }, default);

        Assert.Equal(Nine, Assert.Single(busy.Starts));
    }

    [Fact]
    public async Task Busy_OfWaysThatCountAsFree_LeavesThemOut()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.Calendar.Upsert(
            new("app_1", "t", TestLogin.Change("Perhaps") with { Transparency = Change<Transparency>.To(Transparency.Tentative) }), default);
        await login.Calendar.Upsert(
            new("app_1", "f", TestLogin.Change("Free", 11) with { Transparency = Change<Transparency>.To(Transparency.Transparent) }), default);

        Assert.Equal([0, 1], await BusyAsync(login));
        Assert.Empty((await ScheduleOf(login).Busy(QueryOf(login) with { Free = [Transparency.Tentative] }, default)).Edges);
    }

    [Fact]
    public async Task Busy_BehindTheWindow_IsNotReadAsFree()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        long far = FarFromNow();

        PersonBusy busy = await ScheduleOf(login).Busy(QueryOf(login) with { From = far, To = far + 1 }, default);

        Assert.True(TimeSet.OfEdges(busy.Edges).Covers(new Stretch(far, far + 1)));
        Assert.False(busy.Known.IsDefault);
        Assert.Empty(busy.Known);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, 3, false)]
    [InlineData(true, 100, true)]
    [InlineData(false, null, false)]
    public async Task Busy_OfAnApplicationsSeriesBehindTheWindow_IsNotReadAsFreeWhereItGoesOn(bool isSeries, int? count, bool goesOn)
    {
        (string person, ICalendarGrain calendar) = await OpenRoomAsync();
        EventChange change = TestLogin.Change("Weekly");
        await calendar.Upsert(new(TestLogin.Client, "e", isSeries
            ? change with { Rules = Change<ImmutableArray<RecurrenceRule>>.To([new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly, Count = count }]) }
            : change), default);
        long far = FarFromNow();

        PersonBusy busy = await cluster.Grains.Schedule(person).Busy(
            new BusyQuery([calendar.GetPrimaryKeyString()], far, far + 1, [], null), default);

        Assert.Equal(goesOn, TimeSet.OfEdges(busy.Edges).Covers(new Stretch(far, far + 1)));
    }

    [Fact]
    public async Task Busy_AfterAWriteThatWasStoredWithoutAWordAndIsRepeated_HasSeenIt()
    {
        (string person, ICalendarGrain calendar) = await OpenRoomAsync();
        BusyQuery query = new([calendar.GetPrimaryKeyString()], Nine - 3_600, Nine + (12 * 3_600), [], null);
        Assert.Empty((await cluster.Grains.Schedule(person).Busy(query, default)).Edges);
        UpsertEvent write = new(TestLogin.Client, "e", TestLogin.Change("Ours"));
        cluster.Rows.FailAfter = w => w.Key == calendar.GetPrimaryKeyString() && w.State == StorageNames.CalendarSchedule;
        try
        {
            await Assert.ThrowsAnyAsync<Exception>(() => calendar.Upsert(write, default));
        }
        finally
        {
            cluster.Rows.FailAfter = null;
        }

        await calendar.Upsert(write, default);

        Assert.Equal<long>([Nine, Nine + 3_600], (await cluster.Grains.Schedule(person).Busy(query, default)).Edges);
    }

    private async Task<(string PersonId, ICalendarGrain Calendar)> OpenRoomAsync()
    {
        string room = $"schedule-room-{Interlocked.Increment(ref _rooms)}";
        string grantId = GrainKeys.ApplicationCalendarGrant(cluster.Keys, TestLogin.Client, room);
        Assert.NotNull((await cluster.Grains.Grant(grantId).OpenApplicationCalendar(TestLogin.Client, room, default)).Tokens);
        string person = GrainKeys.ApplicationCalendarPerson(cluster.Keys, TestLogin.Client, room);
        CalendarSummary only = (await cluster.Grains.Person(person).View(default)).Connections.Single().Calendars.Single();
        return (person, cluster.Grains.Calendar(only.CalendarId));
    }

    private IScheduleGrain ScheduleOf(TestLogin login) => cluster.Grains.Schedule(login.PersonId);

    private static BusyQuery QueryOf(TestLogin login) => new([login.CalendarId], Nine - 3_600, Nine + (12 * 3_600), [], null);

    /// <summary>Behind what is kept of a calendar, whatever the other tests made of the time; the hour of a Tuesday.</summary>
    private long FarFromNow()
    {
        long weeks = (cluster.Time.GetUtcNow().ToUnixTimeSeconds() - Nine) / (7 * 86_400L);
        return Nine + (((7 * (weeks + 36)) + 1) * 86_400L);
    }

    /// <summary>Hours since nine.</summary>
    private async Task<IEnumerable<long>> BusyAsync(TestLogin login) =>
        (await ScheduleOf(login).Busy(QueryOf(login), default)).Edges.Select(edge => (edge - Nine) / 3_600);
}

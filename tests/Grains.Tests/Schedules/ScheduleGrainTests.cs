using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Schedules;

[Collection(SharedCluster.Name)]
public sealed class ScheduleGrainTests(CalendarCluster cluster)
{
    // Nine o'clock in Berlin, on the day of TestLogin's events.
    private static readonly long Nine = Instant.FromUtc(2026, 2, 2, 8, 0).ToUnixTimeSeconds();

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
        long far = Nine + (250 * 86_400L);

        PersonBusy busy = await ScheduleOf(login).Busy(QueryOf(login) with { From = far, To = far + 1 }, default);

        Assert.True(TimeSet.OfEdges(busy.Edges).Covers(new Stretch(far, far + 1)));
        Assert.False(busy.Known.IsDefault);
        Assert.Empty(busy.Known);
    }

    private IScheduleGrain ScheduleOf(TestLogin login) => cluster.Grains.Schedule(login.PersonId);

    private static BusyQuery QueryOf(TestLogin login) => new([login.CalendarId], Nine - 3_600, Nine + (12 * 3_600), [], null);

    /// <summary>Hours since nine.</summary>
    private async Task<IEnumerable<long>> BusyAsync(TestLogin login) =>
        (await ScheduleOf(login).Busy(QueryOf(login), default)).Edges.Select(edge => (edge - Nine) / 3_600);
}

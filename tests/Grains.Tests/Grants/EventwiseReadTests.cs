using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;
using NodaTime;

namespace CalendarActors.Grains.Tests.Grants;

[Collection(SharedCluster.Name)]
public sealed class EventwiseReadTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Busy_WhenACalendarIsReadForTheFirstTimeInBetween_IsNotReadAsFree()
    {
        TestLogin login = TestLogin.Make(cluster);
        login.Remote.Put(TestLogin.Event("a", "Lunch"));
        TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        login.Provider.Before = (call, _) =>
            call.User == login.User && call.Kind == ProviderCallKind.Pull ? reading.Task : Task.CompletedTask;
        try
        {
            await login.ClaimAsync();
            GrantedCalendars calendars = new(await login.Person.View(default));
            EventwiseRead read = new(
                Intercepted<IGrainFactory>.Of(cluster.Grains, (_, grain) => grain is ICalendarGrain calendar ? Slow(calendar) : grain),
                new CheckedGrant("acc_1", TestLogin.Client, login.PersonId, "", null, new RememberedPerson(), []),
                calendars,
                ExpandedWindow.Widest(Instant.FromDateTimeOffset(cluster.Time.GetUtcNow())));
            long noon = Instant.FromUtc(2026, 2, 2, 11, 0).ToUnixTimeSeconds();

            PersonBusy busy = await read.BusyAsync(
                [login.CalendarId],
                new MemberQuery(noon, noon + 3_600, default, default, false, default, [], [], [new(null, "other", null)], false),
                default);

            Assert.True((await login.Calendar.Status(default)).Generation > 0);
            Assert.True(TimeSet.OfEdges(busy.Edges).Covers(new Stretch(noon, noon + 3_600)));
        }
        finally
        {
            login.Provider.Before = null;
            reading.TrySetResult();
        }

        await login.Connection.Revoke(default);

        // Its events are told, and then it is read as a whole before the answer is heard.
        ICalendarGrain Slow(ICalendarGrain calendar) => Intercepted<ICalendarGrain>.Of(calendar, (method, answer) =>
            method.Name == nameof(ICalendarGrain.ReadBusy) ? HeardLateAsync((Task<BusyPage>)answer!) : answer);

        async Task<BusyPage> HeardLateAsync(Task<BusyPage> telling)
        {
            BusyPage told = await telling;
            reading.TrySetResult();
            await login.UntilSyncedAsync();
            return told;
        }
    }
}

using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Connections;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Connections;

[Collection(SharedCluster.Name)]
public sealed class LoginPlacesTests(CalendarCluster cluster)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Place_WhenAllAreTaken_GoesToWhoeverWaitedLongest()
    {
        LoginPlaces places = new(() => NodaConstants.UnixEpoch);
        long first = (await places.TakeAsync(TimeSpan.Zero, default))!.Value;
        for (int i = 1; i < LoginPlaces.Most; i++)
        {
            Assert.NotNull(await places.TakeAsync(TimeSpan.Zero, default));
        }

        Assert.Null(await places.TakeAsync(TimeSpan.Zero, default));
        Task<long?> waiting = places.TakeAsync(Long, default);
        Task<long?> later = places.TakeAsync(Long, default);
        places.Return(first);
        places.Return(first);

        Assert.NotNull(await waiting);
        Assert.False(later.IsCompleted);
    }

    [Fact]
    public async Task Place_WhenItsHolderWasLost_ComesFree()
    {
        Instant now = NodaConstants.UnixEpoch;
        LoginPlaces places = new(() => now);
        for (int i = 0; i < LoginPlaces.Most; i++)
        {
            await places.TakeAsync(TimeSpan.Zero, default);
        }

        now += Duration.FromMinutes(10);

        Assert.NotNull(await places.TakeAsync(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task Calendars_WhenManyOfOneLoginPull_CallItsProviderAFewAtATime()
    {
        TestLogin login = TestLogin.MakeWatched(cluster);
        HashSet<string> own = [login.Remote.Id];
        for (int i = 0; i < 11; i++)
        {
            own.Add(login.Provider.AddCalendar(login.User, $"Calendar {i}").Id);
        }

        int inFlight = 0;
        int most = 0;
        login.Provider.Before = async (call, _) =>
        {
            if (call.CalendarId is { } id && own.Contains(id))
            {
                most = Math.Max(most, Interlocked.Increment(ref inFlight));
                await CalendarCluster.LetWorkRunAsync();
                Interlocked.Decrement(ref inFlight);
            }
        };
        await login.ClaimAsync();
        await login.Connection.ReportFault(0, ProviderFaultKind.NotFound, "listed anew", null, default);
        await cluster.UntilAsync(
            async () => await login.Connection.Summary(default) is { InitialSyncRequired: false, Calendars.Length: 12 }, "all are pulled");
        login.Provider.Before = null;

        Assert.InRange(most, 2, LoginPlaces.Most);
        await login.Connection.Revoke(default);
    }
}

using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>What a test does where the provider issues tokens and tells of changes.</summary>
public sealed partial class TestLogin
{
    public InMemoryLogin Tokens => Provider.Tokens!;

    public InMemoryWatches Watching => Provider.Watching!;

    /// <summary>What <see cref="Watching"/> calls the list of calendars.</summary>
    public string ListName => InMemoryWatches.ListOf(User);

    public ICalendarHints Hints => Cluster.Grains.GetGrain<ICalendarHints>(CalendarId);

    /// <summary>Calls about this login that reached the provider, its watches included and tokens not.</summary>
    public int CallCount => Provider.Calls.Count(c => c.CalendarId == Remote.Id || (c.CalendarId is null && c.User == User))
        + Watching.Calls.Count(c => c.CalendarId == Remote.Id || c.CalendarId == ListName);

    /// <summary>Makes a login at such a provider that is not connected.</summary>
    public static TestLogin MakeWatched(CalendarCluster cluster, bool isRenewedInPlace = false) =>
        Make(cluster, provider: isRenewedInPlace ? cluster.Subscribed : cluster.Pushed);

    /// <summary>Makes one, connects it and waits for its first pull and its watch.</summary>
    public static async Task<TestLogin> WatchedAsync(CalendarCluster cluster, bool isRenewedInPlace = false)
    {
        TestLogin login = MakeWatched(cluster, isRenewedInPlace);
        await login.ClaimAsync();
        await cluster.UntilAsync(
            async () => await login.Calendar.Status(default) is { LastSynced: not null, LastFault: null }, "the first pull");
        await cluster.UntilAsync(async () => !(await login.Calendar.Watches(default)).IsEmpty, "the watch");
        await login.UntilNothingIsOwedAsync();
        return login;
    }

    /// <summary>The provider tells each watch of the calendar.</summary>
    public async Task TellAsync(WatchNoticeKind kind = WatchNoticeKind.Changed)
    {
        foreach ((WatchRequest request, ProviderWatch watch) in Watching.Of(Remote.Id))
        {
            await Hints.Notify(NoticeOf(request.Secret, watch, kind), default);
        }
    }

    /// <summary>The provider tells each watch of the list of calendars.</summary>
    public async Task TellOfTheListAsync(WatchNoticeKind kind = WatchNoticeKind.Changed)
    {
        foreach ((WatchRequest request, ProviderWatch watch) in Watching.Of(ListName))
        {
            await Cluster.Grains.GetGrain<IConnectionHints>(ConnectionId).Notify(NoticeOf(request.Secret, watch, kind), default);
        }
    }

    public static WatchNotice NoticeOf(string secret, ProviderWatch watch, WatchNoticeKind kind = WatchNoticeKind.Changed) =>
        new([.. SHA256.HashData(Encoding.ASCII.GetBytes(secret))], kind, watch.Id, watch.ResourceId);

    /// <summary>True once readers see an event of this title.</summary>
    public async Task<bool> ShowsAsync(string summary) => (await ReadAsync()).Entries.Any(e => e.Content.Summary == summary);
}

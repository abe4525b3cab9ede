using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>A person with a login at an in-memory provider that issues tokens and has watches, and one calendar.</summary>
public sealed class PushedLogin
{
    private static int _count;

    private PushedLogin(CalendarCluster cluster, InMemoryCalendarProvider provider, string user)
    {
        Cluster = cluster;
        Provider = provider;
        User = user;
        PersonId = $"per_{user}";
        ConnectionId = GrainKeys.Connection(cluster.Keys, Name, "https://memory.test", $"/dav/{user}/");
        Remote = provider.AddCalendar(user, "Work");
    }

    public CalendarCluster Cluster { get; }

    public InMemoryCalendarProvider Provider { get; }

    public string User { get; }

    public string PersonId { get; }

    public string ConnectionId { get; }

    public InMemoryCalendar Remote { get; }

    public InMemoryLogin Tokens => Provider.Tokens!;

    public InMemoryWatches Watching => Provider.Watching!;

    public string CalendarId => GrainKeys.Calendar(Cluster.Keys, ConnectionId, Remote.Id);

    public ICalendarGrain Calendar => Cluster.Grains.GetGrain<ICalendarGrain>(CalendarId);

    public ICalendarHints Hints => Cluster.Grains.GetGrain<ICalendarHints>(CalendarId);

    public IConnectionGrain Connection => Cluster.Grains.GetGrain<IConnectionGrain>(ConnectionId);

    public IPersonGrain Person => Cluster.Grains.GetGrain<IPersonGrain>(PersonId);

    private string Name => Provider.Names[0];

    /// <summary>Makes a login that is not connected.</summary>
    public static PushedLogin Make(CalendarCluster cluster, bool isRenewedInPlace = false) => new(
        cluster, isRenewedInPlace ? cluster.Subscribed : cluster.Pushed, $"push{Interlocked.Increment(ref _count)}");

    /// <summary>Makes a login, connects it and waits for its first pull and its watch.</summary>
    public static async Task<PushedLogin> ConnectedAsync(CalendarCluster cluster, bool isRenewedInPlace = false)
    {
        PushedLogin login = Make(cluster, isRenewedInPlace);
        await login.ClaimAsync();
        await cluster.UntilAsync(
            async () => await login.Calendar.Status(default) is { LastSynced: not null, LastFault: null }
                && !(await login.Calendar.Watches(default)).IsEmpty,
            "the first pull and the watch");
        return login;
    }

    /// <summary>Claims the login for its person with tokens that were just issued.</summary>
    public async Task<ClaimAnswer> ClaimAsync()
    {
        OAuthTokens tokens = Tokens.Issue(User);
        ProviderAccess access = new(Name, null, null, tokens.AccessToken);
        FoundCalendar found = new(
            Remote.Id, new CalendarSummary(CalendarId, Remote.Name, false, false, true, null, Remote.ZoneId));
        return await Connection.Claim(
            new ClaimConnection(
                PersonId,
                Name,
                User,
                null,
                await SealedAccess.SealAsync(Cluster.Vault, PersonId, ConnectionId, access, default),
                [found],
                await SealedRenewal.SealAsync(Cluster.Vault, PersonId, ConnectionId, tokens, default)),
            default);
    }

    /// <summary>The provider tells each watch of the calendar.</summary>
    public async Task TellAsync(WatchNoticeKind kind = WatchNoticeKind.Changed)
    {
        foreach ((WatchRequest request, ProviderWatch watch) in Watching.Of(Remote.Id))
        {
            Assert.True(await Hints.Notify(NoticeOf(request.Secret, watch, kind), default));
        }
    }

    public static WatchNotice NoticeOf(string secret, ProviderWatch watch, WatchNoticeKind kind = WatchNoticeKind.Changed) =>
        new([.. SHA256.HashData(Encoding.ASCII.GetBytes(secret))], kind, watch.Id, watch.ResourceId);

    /// <summary>True once readers see an event of this title.</summary>
    public async Task<bool> ShowsAsync(string summary) => (await Calendar.Read(
        new CalendarQuery("app_1", null, null, "Europe/Berlin", ManagedEvents.Include, false, true, null, null, 1000), default))
        .Entries.Any(e => e.Content.Summary == summary);

    /// <summary>Calls about this login that reached the provider, its watches included and tokens not.</summary>
    public int CallCount => Provider.Calls.Count(c => c.CalendarId == Remote.Id || (c.CalendarId is null && c.User == User))
        + Watching.Calls.Count(c => c.CalendarId == Remote.Id);
}

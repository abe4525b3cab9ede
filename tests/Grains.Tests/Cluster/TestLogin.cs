using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.TestKit.Providers;
using NodaTime;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>A person with a login of their own at an in-memory provider, and one calendar to begin with.</summary>
public sealed partial class TestLogin
{
    public const string Client = "app_1";
    public const string Password = "right";

    private static int _count;

    private TestLogin(CalendarCluster cluster, InMemoryCalendarProvider provider, string user)
    {
        Cluster = cluster;
        Provider = provider;
        User = user;
        PersonId = $"per_{user}";
        ConnectionId = GrainKeys.Connection(cluster.Keys, Name, "https://memory.test", $"/dav/{user}/");
    }

    public CalendarCluster Cluster { get; }

    public InMemoryCalendarProvider Provider { get; }

    public string User { get; }

    public string PersonId { get; }

    public string ConnectionId { get; }

    /// <summary>The calendar as another client sees it: the oracle.</summary>
    public InMemoryCalendar Remote { get; private set; } = null!;

    public string CalendarId => GrainKeys.Calendar(Cluster.Keys, ConnectionId, Remote.Id);

    public ICalendarGrain Calendar => Cluster.Grains.GetGrain<ICalendarGrain>(CalendarId);

    public IConnectionGrain Connection => Cluster.Grains.GetGrain<IConnectionGrain>(ConnectionId);

    public IPersonGrain Person => Cluster.Grains.GetGrain<IPersonGrain>(PersonId);

    /// <summary>Makes a login that is not connected.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="isReadOnly">Whether its calendar is.</param>
    /// <param name="provider">At which provider; the one with passwords when null.</param>
    public static TestLogin Make(CalendarCluster cluster, bool isReadOnly = false, InMemoryCalendarProvider? provider = null)
    {
        TestLogin login = new(cluster, provider ?? cluster.Provider, $"user{Interlocked.Increment(ref _count)}");
        login.Provider.SetPassword(login.User, Password);
        login.Remote = login.Provider.AddCalendar(login.User, "Work", isReadOnly);
        return login;
    }

    /// <summary>Makes a login, connects it and waits for its first pull.</summary>
    public static async Task<TestLogin> ConnectedAsync(CalendarCluster cluster, Action<InMemoryCalendar>? fill = null)
    {
        TestLogin login = Make(cluster);
        fill?.Invoke(login.Remote);
        await login.ClaimAsync();
        await login.UntilSyncedAsync();
        await login.UntilNothingIsOwedAsync();
        return login;
    }

    private string Name => Provider.Names[0];

    /// <summary>Claims the login for its person, with some password, or with tokens that were just issued.</summary>
    public async Task<ClaimAnswer> ClaimAsync(string? personId = null, string password = Password, string? email = null)
    {
        string person = personId ?? PersonId;
        OAuthTokens? tokens = Provider.Tokens?.Issue(User);
        ProviderAccess access = tokens is null
            ? new(Name, InMemoryCalendarProvider.Server, User, password)
            : new(Name, null, null, tokens.AccessToken);
        FoundCalendar found = new(
            Remote.Id,
            new CalendarSummary(CalendarId, Remote.Name, Remote.IsReadOnly, false, true, Remote.Color, Remote.ZoneId));
        return await Connection.Claim(
            new ClaimConnection(
                person,
                Name,
                User,
                email,
                await SealedAccess.SealAsync(Cluster.Vault, person, ConnectionId, access, default),
                [found],
                tokens is null ? null : await SealedRenewal.SealAsync(Cluster.Vault, person, ConnectionId, tokens, default)),
            default);
    }

    /// <summary>The next call of this kind to this calendar, and nobody else's, fails. Ends with <see cref="InMemoryCalendarProvider.FaultScript"/>.</summary>
    /// <returns>How many such calls there were since.</returns>
    public Func<int> FailOnce(ProviderCallKind kind, ProviderFaultKind fault, Instant? notBefore = null)
    {
        int calls = 0;
        Provider.FaultScript = call => call.Kind == kind && call.CalendarId == Remote.Id && Interlocked.Increment(ref calls) == 1
            ? new ProviderFault(fault, "Once.", notBefore)
            : null;
        return () => calls;
    }

    /// <summary>How often the calendar was asked for what had changed.</summary>
    public int Pulls => Provider.Calls.Count(c => c.Kind == ProviderCallKind.Pull && c.CalendarId == Remote.Id);

    /// <summary>Waits until a pull that began after now has succeeded, and everything written was seen in one.</summary>
    /// <param name="within">Virtual time allowed.</param>
    public Task UntilSyncedAsync(TimeSpan? within = null) => UntilPulledAsync(isPending: false, within);

    /// <summary>Waits until the calendar's outbox is empty: no pull is owed that was hinted, and all is told.</summary>
    /// <param name="where">At which step of a test, for the failure.</param>
    public Task UntilNothingIsOwedAsync(string where = "") => Cluster.UntilAsync(
        () => Task.FromResult(Cluster.Rows.Bytes(StorageNames.CalendarOutbox, CalendarId) is null),
        $"nothing is owed {where}",
        TimeSpan.FromSeconds(5));

    /// <summary>Waits until a pull that began after now has succeeded.</summary>
    /// <param name="isPending">Whether something written may still not have been seen in any.</param>
    /// <param name="within">Virtual time allowed.</param>
    public async Task UntilPulledAsync(bool isPending = true, TimeSpan? within = null)
    {
        // A pull that began at this very instant may have missed what was done at it.
        Cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        Instant now = Instant.FromDateTimeOffset(Cluster.Time.GetUtcNow());
        await Calendar.Hint(default);
        await Cluster.UntilAsync(
            async () => await Calendar.Status(default) is { LastFault: null } s && s.LastSynced >= now && (isPending || s.Pending == 0),
            $"{User} is synced",
            within);
    }

    public Task<WriteAnswer> UpsertAsync(string eventId, string summary, int hour = 9, string client = Client) =>
        Calendar.Upsert(new UpsertEvent(client, eventId, Change(summary, hour)), default);

    public Task<WriteAnswer> DeleteAsync(string eventId, string client = Client) => Calendar.Delete(client, eventId, default);

    /// <summary>Everything that a client may read.</summary>
    public Task<CalendarPage> ReadAsync(bool includeDeleted = false, string client = Client) => Calendar.Read(
        new CalendarQuery(client, null, null, "Europe/Berlin", ManagedEvents.Include, includeDeleted, true, null, null, 1000), default);

    /// <summary>An hour on the second of February 2026.</summary>
    public static EventChange Change(string summary, int hour = 9) => new()
    {
        Start = CalendarTime.InZone(new LocalDateTime(2026, 2, 2, hour, 0), "Europe/Berlin"),
        End = CalendarTime.InZone(new LocalDateTime(2026, 2, 2, hour + 1, 0), "Europe/Berlin"),
        Summary = summary,
    };

    /// <summary>An event of another client.</summary>
    public static CalendarObject Event(string uid, string summary, int hour = 12, int day = 2) =>
        (Change(summary, hour) with
        {
            Start = CalendarTime.InZone(new LocalDateTime(2026, 2, day, hour, 0), "Europe/Berlin"),
            End = CalendarTime.InZone(new LocalDateTime(2026, 2, day, hour + 1, 0), "Europe/Berlin"),
        }).ApplyTo(null, uid);
}

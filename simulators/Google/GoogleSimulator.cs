using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Events;
using CalendarActors.Simulators.Google.Wire;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Google;

/// <summary>
/// A Google with accounts, consent, calendars and push channels, over HTTP on the loopback address. The members of this
/// class are the other side of the wire: what people do in Google's own pages, and the truth to compare with.
/// </summary>
public sealed class GoogleSimulator : IAsyncDisposable
{
    private const string FirstSub = "10769150350006150";

    private readonly GoogleState _state;
    private readonly EventWriting _writing;
    private readonly GoogleRouter _router;
    private SimulatorHost? _host;

    private GoogleSimulator(GoogleSimulatorOptions options)
    {
        Faults = new FaultScript(options.Seed);
        NotificationScript = new NotificationScript(options.Seed);
        Notifications = new NotificationPump(new NotificationPumpOptions
        {
            Time = options.Time,
            Script = NotificationScript,
            DeliversByItself = options.DeliversByItself,
            Handler = options.NotificationHandler,
            RetryAfter = static delivery => delivery.Status is 500 or 502 or 503 or 504 && delivery.Attempt < 6
                ? TimeSpan.FromSeconds(Math.Pow(4, delivery.Attempt))
                : null,
        });
        _state = new GoogleState(options, NotificationScript, Notifications);
        _writing = new EventWriting(_state);
        _router = new GoogleRouter(_state, Notifications, _writing);
        RegisterSeams();
    }

    /// <summary>What goes wrong with requests; classes are in <see cref="GoogleRequests"/>, own faults in <see cref="GoogleSeams"/>.</summary>
    public FaultScript Faults { get; }

    /// <summary>Every request so far.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>What becomes of notifications.</summary>
    public NotificationScript NotificationScript { get; }

    /// <summary>Notifications that wait and that were sent.</summary>
    public NotificationPump Notifications { get; }

    /// <summary>The server's root, which is also the page for people.</summary>
    public Uri Address => _host!.Address;

    /// <summary>The Calendar API's base address, ending in <c>/calendar/v3/</c>.</summary>
    public Uri ApiBaseUrl => new(Address, "calendar/v3/");

    /// <summary>The consent page.</summary>
    public Uri AuthorizationEndpoint => new(Address, "o/oauth2/v2/auth");

    /// <summary>Tokens.</summary>
    public Uri TokenEndpoint => new(Address, "token");

    /// <summary>Their end.</summary>
    public Uri RevocationEndpoint => new(Address, "revoke");

    /// <summary>Who the user is.</summary>
    public Uri UserInfoEndpoint => new(Address, "oauth2/v3/userinfo");

    /// <summary>The id of the one OAuth client.</summary>
    public string ClientId => _state.Options.ClientId;

    /// <summary>Its secret.</summary>
    public string ClientSecret => _state.Options.ClientSecret;

    /// <summary>How long reads lag behind writes; from now on.</summary>
    public TimeSpan ReadLag
    {
        get => Locked(() => _state.ReadLag);
        set => Locked(() => _state.ReadLag = value);
    }

    /// <summary>How far the server's <c>Date</c> header is ahead of its clock.</summary>
    public TimeSpan DateSkew { get; set; }

    /// <summary>The writes so far with what they said about mails to guests, the oldest first.</summary>
    public IReadOnlyList<SentUpdate> SentUpdates => Locked(() => _writing.SentUpdates.ToArray());

    /// <summary>Ids of the open channels, of one calendar or (null) of all.</summary>
    public IReadOnlyList<string> OpenChannels(string? calendarId = null) => Locked(() =>
        _state.Channels.Open.Where(channel => calendarId is null || channel.CalendarId == calendarId).Select(channel => channel.Id).ToArray());

    /// <summary>How often a channel was opened for what had been watched before and was not just then.</summary>
    public int WatchLapses => Locked(() => _state.Channels.Lapses);

    /// <summary>Ids of the open channels of a user's list of calendars.</summary>
    public IReadOnlyList<string> OpenListChannels(string email) => Locked(() =>
        _state.Channels.Open.Where(channel => channel.CalendarId is null && channel.Email == email).Select(channel => channel.Id).ToArray());

    /// <summary>Starts one.</summary>
    public static async Task<GoogleSimulator> StartAsync(
        GoogleSimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var simulator = new GoogleSimulator(options);
        simulator._host = await SimulatorHost.StartAsync(
            new SimulatorHostOptions
            {
                ListensAt = options.ListensAt,
                Port = options.Port,
                Address = options.Address,
                Time = options.Time,
                DateSkew = () => simulator.DateSkew,
                Faults = simulator.Faults,
                Requests = simulator.Requests,
                Classify = RequestClass.Of,
                Caller = simulator.Caller,
                SecretClasses = new HashSet<string>([GoogleRequests.Token, GoogleRequests.Revoke], StringComparer.Ordinal),
                Answer = simulator._router.AnswerAsync,
                AnswerFault = GoogleRouter.AnswerFaultAsync,
            },
            cancellationToken);
        return simulator;
    }

    /// <summary>Adds a person with their primary calendar, whose id is the address.</summary>
    public GoogleUser AddUser(string email, string name, string? sub = null, string zone = "Europe/Berlin") => Locked(() =>
    {
        var user = new GoogleUser(email, name, sub ?? $"{FirstSub}{_state.Users.Count:0000}");
        _state.Users.Add(email, user);
        _state.Calendars.Create(email, email, zone, id: email);
        return user;
    });

    /// <summary>Adds a calendar that a user owns, and gives back its id.</summary>
    public string AddCalendar(string owner, string summary, string zone = "Europe/Berlin", string? id = null) =>
        Locked(() => _state.Calendars.Create(_state.User(owner).Email, summary, zone, id).Id);

    /// <summary>Deletes a calendar; nobody finds it any more.</summary>
    public void DeleteCalendar(string calendarId) => Locked(() => _state.Calendars.Delete(_state.Calendars.Get(calendarId)));

    /// <summary>Everybody sees another name.</summary>
    public void RenameCalendar(string calendarId, string summary) => Locked(() =>
    {
        GoogleCalendar calendar = _state.Calendars.Get(calendarId);
        calendar.Summary = summary;
        _state.Calendars.Changed(calendar);
    });

    /// <summary>Gives a user a role; <see cref="AccessRole.None"/> takes the calendar away from them.</summary>
    public void Share(string calendarId, string email, AccessRole role) =>
        Locked(() => _state.Calendars.SetRole(_state.Calendars.Get(calendarId), email, role));

    /// <summary>The owner adds an event, or replaces the one with the same id, and gives back what it became.</summary>
    public JsonObject PutEvent(string calendarId, JsonObject item) => Locked(() =>
    {
        GoogleCalendar calendar = _state.Calendars.Get(calendarId);
        var request = new WriteRequest(calendar.Owner, "oracle") { ConferenceVersion = 1 };
        bool isKnown = item.Text("id") is { } id && Instances.Find(calendar, id) is not null;
        return (isKnown
            ? _writing.Update(calendar, request, item.Text("id")!, item)
            : _writing.Insert(calendar, request, item)).Json.Copy();
    });

    /// <summary>The owner changes an event or, by an instance's id, makes an exception; as with PATCH, null removes a member.</summary>
    public JsonObject PatchEvent(string calendarId, string eventId, JsonObject patch) => Locked(() =>
    {
        GoogleCalendar calendar = _state.Calendars.Get(calendarId);
        return _writing.Patch(calendar, new(calendar.Owner, "oracle") { ConferenceVersion = 1 }, eventId, patch).Json.Copy();
    });

    /// <summary>The owner deletes an event, a series or (by an instance's id) one instance.</summary>
    public void DeleteEvent(string calendarId, string eventId) => Locked(() =>
    {
        GoogleCalendar calendar = _state.Calendars.Get(calendarId);
        _writing.Delete(calendar, new(calendar.Owner, "oracle"), eventId);
    });

    /// <summary>The truth: single events, series and exceptions (cancelled ones too) as they are now, with nothing hidden.</summary>
    public IReadOnlyList<JsonObject> ListEvents(string calendarId) => Locked(() =>
    {
        _writing.Settle();
        return _state.Calendars.Get(calendarId).Events.StateAt()
            .Where(change => change.Value is { IsGone: false }).Select(change => change.Value!.Json.Copy()).ToArray();
    });

    /// <summary>Ends a user's channels without a word, as the real one loses some.</summary>
    public void DropChannels(string email) => Locked(() => _state.Channels.StopAllOf(email));

    /// <summary>Tokens without the consent page; without scopes, everything and who the user is.</summary>
    public IssuedGoogleTokens IssueTokens(string email, params string[] scopes) => Locked(() =>
    {
        HashSet<string> granted = new(scopes.Length > 0 ? scopes : [GoogleScopes.Calendar, "openid", "email", "profile"], StringComparer.Ordinal);
        string owner = _state.User(email).Email, refresh = _state.Grants.IssueRefresh(owner, granted);
        return new IssuedGoogleTokens(
            _state.Grants.IssueAccess(owner, granted).Text, refresh, string.Join(' ', granted), _state.Options.AccessTokenLife);
    });

    /// <summary>The user takes consent back: access and refresh tokens die, and channels with them.</summary>
    public void RevokeGrant(string email) => Locked(() => _state.Grants.Revoke(email));

    /// <summary>True while the user allows the client anything.</summary>
    public bool IsGranted(string email) => Locked(() => _state.Grants.IsGranted(email));

    /// <summary>Access tokens expire now, of one user or (null) of all.</summary>
    public void ExpireAccessTokens(string? email = null) => Locked(() => _state.Grants.ExpireAccess(email));

    /// <summary>Sync tokens and page tokens lose their worth, of one calendar or (null) of all and of the lists of calendars.</summary>
    public void InvalidateSyncTokens(string? calendarId = null) => Locked(() =>
    {
        foreach (GoogleCalendar calendar in _state.Calendars.All.Where(one => calendarId is null || one.Id == calendarId))
        {
            calendar.Events.InvalidateCursors();
        }

        foreach (string email in calendarId is null ? _state.Users.Keys.ToArray() : [])
        {
            _state.Calendars.ListOf(email).InvalidateCursors();
        }
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            await host.DisposeAsync();
        }

        await Notifications.DisposeAsync();
    }

    private void RegisterSeams()
    {
        Faults.Register(GoogleSeams.InvalidateSyncTokens, () => InvalidateSyncTokens());
        Faults.Register(GoogleSeams.ExpireAccessTokens, () => ExpireAccessTokens());
        Faults.Register(GoogleSeams.RevokeGrants, () => Locked(_state.Grants.RevokeAll));
        Faults.Register(GoogleSeams.EmptyPage);
        Faults.Register(GoogleSeams.RepeatItem);
        Faults.Register(GoogleSeams.RefusePageToken);
        Faults.Register(GoogleSeams.StaleRead);
        Faults.Register(GoogleSeams.ReduceScopes);
        Faults.Register(GoogleSeams.TokenBornExpired);
    }

    private string? Caller(Microsoft.AspNetCore.Http.HttpRequest request) =>
        Locked(() => _state.Grants.Owner(RequestClass.Bearer(request)));

    private T Locked<T>(Func<T> act)
    {
        lock (_state.Gate)
        {
            return act();
        }
    }

    private void Locked(Action act)
    {
        lock (_state.Gate)
        {
            act();
        }
    }
}

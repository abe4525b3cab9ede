using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Delta;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.OAuth;
using CalendarActors.Simulators.Graph.Pages;
using CalendarActors.Simulators.Graph.Subscriptions;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph;

/// <summary>
/// Microsoft's calendars and sign-in on the loopback address, with a state that a test can look at and change behind the
/// client's back.
/// </summary>
public sealed class GraphSimulator : IAsyncDisposable
{
    private static readonly string[] AllScopes = ["openid", "profile", "offline_access", "User.Read", "Calendars.ReadWrite"];

    private readonly World _world;
    private readonly NotificationPump _pump;
    private readonly SubscriptionBook _book;
    private readonly GraphFront _front;
    private readonly SignInFront _signIn;
    private readonly SimulatorPages _pages;
    private readonly MailboxGauge _gauge = new();
    private SimulatorHost? _host;

    private GraphSimulator(GraphSimulatorOptions options)
    {
        _world = new World(options);
        Faults = new FaultScript(options.Seed);
        Notifications = new NotificationScript(options.Seed);
        _pump = new NotificationPump(new()
        {
            Time = options.Time,
            Script = Notifications,
            DeliversByItself = options.DeliversNotificationsByItself,
            Handler = options.NotificationHandler,
            RetryAfter = Retries.After,
        });
        _book = new SubscriptionBook(_world, _pump, Notifications);
        _world.Changing = _book.Tell;
        _front = new GraphFront(_world, new SubscriptionEndpoints(_world, _book, _pump), Faults, () => GraphBaseUrl);
        _signIn = new SignInFront(_world, () => Authority);
        _pages = new SimulatorPages(_world);
        Faults.Register(GraphFront.ClaimsChallenge);
        foreach (string seam in DeltaFaults.All)
        {
            Faults.Register(seam);
        }
    }

    /// <summary>Where people sign in, such as <c>http://127.0.0.1:5010/</c>; the tenant comes after it.</summary>
    public Uri Authority => _host!.Address;

    /// <summary>Graph's address with the version, without a slash at its end.</summary>
    public string GraphBaseUrl => $"{_host!.Address}v1.0";

    /// <summary>What goes wrong; classes are those of <see cref="RequestClasses"/>, provider faults those of <see cref="DeltaFaults"/>.</summary>
    public FaultScript Faults { get; }

    /// <summary>Every request so far. Callers are user ids.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>What becomes of notifications.</summary>
    public NotificationScript Notifications { get; }

    /// <summary>Attempts to notify so far, handshakes included.</summary>
    public IReadOnlyList<NotificationDelivery> Deliveries => _pump.Deliveries;

    /// <summary>Notifications that were not attempted yet, retries counted.</summary>
    public int NotificationsWaiting
    {
        get
        {
            lock (_world.Gate)
            {
                _book.Flush();
                return _pump.WaitingCount;
            }
        }
    }

    /// <summary>When the next notification is due by the clock; null when none waits.</summary>
    public DateTimeOffset? NextNotificationDue
    {
        get
        {
            lock (_world.Gate)
            {
                _book.Flush();
                return _pump.NextDue;
            }
        }
    }

    /// <summary>The fault that answers 401 with a claims challenge: conditional access wants the user to sign in anew.</summary>
    public const string ClaimsChallenge = GraphFront.ClaimsChallenge;

    /// <summary>How far the <c>Date</c> header is ahead of the clock.</summary>
    public TimeSpan DateSkew { get; set; }

    /// <summary>Refreshing asks for the user to come back: <c>interaction_required</c>.</summary>
    public bool InteractionRequired
    {
        get => Do(() => _world.InteractionRequired);
        set => Do(() => _world.InteractionRequired = value);
    }

    /// <summary>Starts a simulator without any user.</summary>
    public static async Task<GraphSimulator> StartAsync(GraphSimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new GraphSimulatorOptions();
        var simulator = new GraphSimulator(options);
        simulator._host = await SimulatorHost.StartAsync(
            new()
            {
                ListensAt = options.ListensAt,
                Port = options.Port,
                Address = options.Address,
                Time = options.Time,
                DateSkew = () => simulator.DateSkew,
                Faults = simulator.Faults,
                Requests = simulator.Requests,
                Classify = RequestClasses.Of,
                Caller = simulator.Arrive,
                SecretClasses = new HashSet<string>(StringComparer.Ordinal) { RequestClasses.Token, RequestClasses.Authorize },
                Answer = simulator.AnswerAsync,
                AnswerFault = AnswerFaultAsync,
            },
            cancellationToken);
        return simulator;
    }

    /// <summary>Adds somebody with one calendar, called Calendar.</summary>
    /// <param name="email">Mail address and user principal name.</param>
    /// <param name="displayName">Name shown.</param>
    /// <param name="tenantId">The tenant; null makes it a personal account.</param>
    /// <param name="objectId">The object id; null makes one up.</param>
    public GraphUser AddUser(string email, string displayName, string? tenantId = null, string? objectId = null) => Do(() =>
    {
        var user = new GraphUser(objectId ?? _world.Ids.Guid(), tenantId ?? GraphUser.ConsumerTenant, email, displayName);
        var mailbox = new Mailbox(user);
        mailbox.Add(new CalendarFolder(_world.Ids.Calendar(), "Calendar", isDefault: true));
        _world.Add(mailbox);
        return user;
    });

    /// <summary>Everybody.</summary>
    public IReadOnlyList<GraphUser> Users => Do(() => _world.Mailboxes.Select(static mailbox => mailbox.User).ToArray());

    /// <summary>Somebody's calendars, the default one first.</summary>
    public IReadOnlyList<GraphCalendar> CalendarsOf(GraphUser user) =>
        Do(() => _world.Mailbox(user.Id).Calendars.Select(Shown).ToArray());

    /// <summary>Adds a calendar.</summary>
    public GraphCalendar AddCalendar(GraphUser user, string name) => Do(() =>
    {
        var created = new CalendarFolder(_world.Ids.Calendar(), name, isDefault: false);
        _world.Mailbox(user.Id).Add(created);
        return Shown(created);
    });

    /// <summary>Renames a calendar.</summary>
    public void RenameCalendar(string calendarId, string name) => ChangeCalendar(calendarId, calendar => calendar.Name = name);

    /// <summary>Lets a calendar be written, or only read.</summary>
    public void SetCanEdit(string calendarId, bool canEdit) => ChangeCalendar(calendarId, calendar => calendar.CanEdit = canEdit);

    /// <summary>Deletes a calendar with all that is in it.</summary>
    public void DeleteCalendar(string calendarId) => Do(() =>
    {
        var (mailbox, calendar) = _world.Calendar(calendarId);
        mailbox.Remove(calendar);
    });

    /// <summary>Adds an event as Graph's JSON and gives back its immutable id.</summary>
    public string PutEvent(string calendarId, JsonObject graphEvent) => Do(() =>
    {
        var (mailbox, calendar) = _world.Calendar(calendarId);
        return _world.Writes.Create(mailbox, calendar, graphEvent, byOracle: true).Instance.Event.Id;
    });

    /// <summary>Changes an event, a series or a day of a series (by either sort of id); also fields that clients cannot write.</summary>
    public void PatchEvent(string calendarId, string eventId, JsonObject patch) => Do(() =>
    {
        var (mailbox, calendar) = _world.Calendar(calendarId);
        _world.Writes.Update(mailbox, calendar, EventEndpoints.Find(mailbox, calendarId, eventId).Instance, patch, byOracle: true);
    });

    /// <summary>Deletes an event or a series, or cancels a day of a series.</summary>
    public void DeleteEvent(string calendarId, string eventId) => Do(() =>
    {
        var (mailbox, calendar) = _world.Calendar(calendarId);
        _world.Writes.Delete(mailbox, calendar, EventEndpoints.Find(mailbox, calendarId, eventId).Instance, byOracle: true);
    });

    /// <summary>Puts an event into another calendar of the same user: its immutable id stays, the other one changes.</summary>
    public void MoveEvent(string calendarId, string eventId, string toCalendarId) => Do(() =>
    {
        var (mailbox, calendar) = _world.Calendar(calendarId);
        _world.Writes.Move(mailbox, calendar, mailbox.Calendar(toCalendarId), EventEndpoints.Find(mailbox, calendarId, eventId).Instance.Event);
    });

    /// <summary>The id of a day of a series, by its original day.</summary>
    public static string OccurrenceId(string seriesId, DateOnly day) => $"{seriesId}o{day:yyyyMMdd}";

    /// <summary>All events of a calendar as they truly are, whether readable yet or not: singles and series, with immutable ids, in UTC.</summary>
    public IReadOnlyList<JsonObject> TrueEvents(string calendarId) => Do(() =>
    {
        var (mailbox, calendar) = _world.Calendar(calendarId);
        return Truth.Events(mailbox, calendar);
    });

    /// <summary>What a calendar view of this window truly is, by start, with immutable ids, in UTC, each with all its fields.</summary>
    public IReadOnlyList<JsonObject> TrueView(string calendarId, DateTimeOffset start, DateTimeOffset end) => Do(() =>
    {
        var (mailbox, calendar) = _world.Calendar(calendarId);
        return Truth.View(mailbox, calendar, start, end);
    });

    /// <summary>Tokens without the browser.</summary>
    public (string AccessToken, string RefreshToken) IssueTokens(
        GraphUser user, string clientId = "simulated-client", params string[] scopes) =>
        Do(() => _world.Tokens.Issue(new(user, clientId, scopes.Length > 0 ? scopes : AllScopes)));

    /// <summary>All access tokens given out so far have expired.</summary>
    public void ExpireAccessTokens(GraphUser? user = null) => Do(() => _world.Tokens.ExpireAccess(user?.Id));

    /// <summary>All tokens of somebody are worthless, as after a change of password.</summary>
    public void Revoke(GraphUser user) => Do(() => _world.Tokens.Revoke(user.Id));

    /// <summary>All grants of somebody allow only this much from now on, as after a change of an administrator's consent.</summary>
    public void LimitScopes(GraphUser user, params string[] scopes) => Do(() => _world.Tokens.Limit(user.Id, scopes));

    /// <summary>Meetings that somebody declines leave their calendar, as most people have it; else they stay.</summary>
    public void DropDeclined(GraphUser user) => Do(() => _world.Mailbox(user.Id).DropsDeclined = true);

    /// <summary>Delta links of a calendar given out so far answer 410.</summary>
    public void InvalidateDeltaLinks(string calendarId) => Do(() => _world.Calendar(calendarId).Calendar.Log.InvalidateCursors());

    /// <summary>Delta links more than this many changes behind answer 410.</summary>
    public void HonorDeltaLinksOfTheLast(string calendarId, long changes) =>
        Do(() => _world.Calendar(calendarId).Calendar.Log.HonorOnlyTheLast(changes));

    /// <summary>The most requests about somebody's mailbox at the same time.</summary>
    public int MostConcurrent(GraphUser user) => _gauge.Most(user.Id);

    /// <summary>Ids of somebody's subscriptions that have not expired.</summary>
    public IReadOnlyList<string> SubscriptionsOf(GraphUser user) =>
        Do(() => _book.Alive.Where(one => one.Mailbox.User.Id == user.Id).Select(static one => one.Id).ToArray());

    /// <summary>How often a subscription was made for what had been watched before and was not just then.</summary>
    public int WatchLapses => Do(() => _book.Lapses);

    /// <summary>Ends somebody's subscriptions without a word, as the real one loses some.</summary>
    public void DropSubscriptions(GraphUser user) => Do(() =>
    {
        foreach (Subscription one in _book.Alive.Where(one => one.Mailbox.User.Id == user.Id).ToArray())
        {
            _book.Remove(one);
        }
    });

    /// <summary>Tells a subscriber <c>reauthorizationRequired</c>, <c>subscriptionRemoved</c> (which removes it) or <c>missed</c>.</summary>
    public void SendLifecycle(string subscriptionId, string lifecycleEvent) => Do(() =>
    {
        Subscription subscription = _book.Alive.First(one => one.Id == subscriptionId);
        _book.TellLifecycle(subscription, lifecycleEvent);
        if (lifecycleEvent == "subscriptionRemoved")
        {
            _book.Remove(subscription);
        }
    });

    /// <summary>
    /// What the consent page would answer if somebody accepted: where the browser goes back to, with a code. For tests
    /// without a browser; null allows all that is asked for.
    /// </summary>
    public Uri Accept(Uri authorizeUrl, GraphUser user, params string[]? scopes)
    {
        ArgumentNullException.ThrowIfNull(authorizeUrl);
        return Do(() => Consent.Accept(_world.Tokens, authorizeUrl, user, scopes));
    }

    /// <summary>Sends the notifications that are due and says how many attempts that were. Changes since the last call go together.</summary>
    public Task<int> DeliverNotificationsAsync(CancellationToken cancellationToken = default)
    {
        Do(_book.Flush);
        return _pump.DeliverDueAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            await host.DisposeAsync();
        }

        await _pump.DisposeAsync();
    }

    private string? Arrive(HttpRequest request)
    {
        string? caller = _front.CallerOf(request);
        if (caller is not null)
        {
            _gauge.Enter(request.HttpContext, caller);
        }

        return caller;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            Task answering = RequestClasses.Of(context.Request) switch
            {
                RequestClasses.Page => _pages.AnswerAsync(context),
                RequestClasses.Token or RequestClasses.Authorize or RequestClasses.Discovery => _signIn.AnswerAsync(context),
                _ => _front.AnswerAsync(context),
            };
            await answering;
            if (_world.Options.DeliversNotificationsByItself)
            {
                Do(_book.Flush);
            }
        }
        finally
        {
            MailboxGauge.Leave(context);
        }
    }

    private static Task AnswerFaultAsync(HttpContext context, Fault fault)
    {
        MailboxGauge.Leave(context);
        const string Message = "A fault was asked for.";
        if (RequestClasses.Of(context.Request) != RequestClasses.Token)
        {
            string code = fault.Reason ?? GraphAnswer.CodeOf(fault.Status);
            return GraphAnswer.JsonAsync(context, GraphAnswer.Error(context, code, Message), fault.Status);
        }

        TokenFailure failure = fault.Status >= 500
            ? new(fault.Reason ?? "temporarily_unavailable", 90033, Message)
            : new(fault.Reason ?? "invalid_grant", 50173, Message);
        return TokenEndpoint.FailAsync(context, failure, fault.Status);
    }

    private void ChangeCalendar(string calendarId, Action<CalendarFolder> change) => Do(() =>
    {
        CalendarFolder calendar = _world.Calendar(calendarId).Calendar;
        change(calendar);
        calendar.Version++;
    });

    private static GraphCalendar Shown(CalendarFolder one) => new(one.Id, one.Name, one.CanEdit, one.IsDefault);

    private void Do(Action act) => Do(() =>
    {
        act();
        return true;
    });

    private T Do<T>(Func<T> ask)
    {
        lock (_world.Gate)
        {
            T answer = ask();
            if (_world.Options.DeliversNotificationsByItself)
            {
                _book.Flush();
            }

            return answer;
        }
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Microsoft;
using CalendarActors.Providers.Outbound;
using CalendarActors.Providers.Tests.Conformance;
using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Graph.Delta;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;
using NodaTime;

namespace CalendarActors.Convergence.Tests;

/// <summary>Microsoft's Graph and its sign-in.</summary>
public sealed class GraphStage : SimulatorStage
{
    private static readonly Uri Redirect = new("https://calendars.test/connect/callback");

    private readonly GraphSimulator _simulator;

    private GraphStage(GraphSimulator simulator, TimeProvider time)
    {
        _simulator = simulator;
        Build(time, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [$"{OutboundOptions.Section}:AllowedHosts:0"] = "127.0.0.1",
            [$"{MicrosoftOptions.Section}:ClientId"] = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
            [$"{MicrosoftOptions.Section}:ClientSecret"] = "secret",
            [$"{MicrosoftOptions.Section}:Authority"] = $"{simulator.Authority}common",
            [$"{MicrosoftOptions.Section}:GraphBaseUrl"] = simulator.GraphBaseUrl,
        });
    }

    public override string ProviderName => ProviderNames.Office365;

    public override FaultScript Faults => _simulator.Faults;

    public override NotificationScript Notifications => _simulator.Notifications;

    public override RequestLog Requests => _simulator.Requests;

    public override int WatchLapses => _simulator.WatchLapses;

    /// <param name="time">The clock.</param>
    /// <param name="seed">Where chance starts.</param>
    /// <param name="pageSize">Items on a page.</param>
    /// <param name="refreshTokensWorkOnce">
    /// A refresh token that is used twice ends the login. Whoever is cut off while it renews has lost it then, so only where
    /// nothing fails.
    /// </param>
    public static async Task<SimulatorStage> StartAsync(
        TimeProvider time, int seed, int pageSize, bool refreshTokensWorkOnce = false) => new GraphStage(
        await GraphSimulator.StartAsync(new GraphSimulatorOptions
        {
            Seed = seed,
            Time = time,
            PageSize = pageSize,
            RefreshTokensWorkOnce = refreshTokensWorkOnce,
        }),
        time);

    public override async Task<RemoteLogin> AddAsync(string name, Random random)
    {
        GraphUser user = _simulator.AddUser($"{name}@example.com", name, "11111111-2222-3333-4444-555555555555");
        string calendar = _simulator.AddCalendar(user, "Work").Id;
        string other = _simulator.AddCalendar(user, "Elsewhere").Id;
        OAuthTokens tokens = await LogInAsync(user);
        return new Login(this, _simulator, new GraphHistory(_simulator, calendar, other, random), user)
        {
            CalendarId = calendar,
            Access = new ProviderAccess(ProviderName, null, null, tokens.AccessToken),
            Tokens = tokens,
        };
    }

    public override void Trouble(bool isCompared)
    {
        foreach (string request in new[]
        {
            RequestClasses.Delta, RequestClasses.Event, RequestClasses.Events, RequestClasses.Batch, RequestClasses.CreateEvent,
            RequestClasses.UpdateEvent, RequestClasses.DeleteEvent, RequestClasses.Subscriptions, RequestClasses.Calendars,
        })
        {
            Faults.Randomly(request, 0.02, Fault.ResetBefore);
            Faults.Randomly(request, 0.02, Fault.Answer(503));
            Faults.Randomly(request, 0.02, Fault.LoseAnswer);
            Faults.Randomly(request, 0.02, Fault.CutAnswer);
            Faults.Randomly(request, 0.02, Fault.Answer(429, TimeSpan.FromSeconds(7)));
            Faults.Randomly(request, 0.01, Fault.Answer(401));
        }

        // No status here: MSAL then refuses to ask again for a minute of the machine's time, which is weeks of ours.
        Faults.Randomly(RequestClasses.Token, 0.03, Fault.ResetBefore);

        Faults.Randomly(RequestClasses.Delta, 0.03, Fault.OfProvider(DeltaFaults.EmptyPage));
        Faults.Randomly(RequestClasses.Delta, 0.03, Fault.OfProvider(DeltaFaults.Repeat));
        Faults.Randomly(RequestClasses.Delta, 0.03, Fault.OfProvider(DeltaFaults.Replay));
        Faults.Randomly(RequestClasses.Delta, isCompared ? 0.03 : 0, Fault.OfProvider(DeltaFaults.MastersMissing));
        Faults.Randomly(RequestClasses.Delta, 0.01, Fault.OfProvider(DeltaFaults.Gone));
    }

    public override Task DeliverAsync() => _simulator.DeliverNotificationsAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    // What is kept for renewals is MSAL's own cache, so it comes from a real exchange.
    private async Task<OAuthTokens> LogInAsync(GraphUser user)
    {
        string verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        string challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        IOAuthLogin login = Provider.Login!;
        Uri back = _simulator.Accept(login.AuthorizeUri(ProviderName, "state", challenge, Redirect, null), user);
        string code = HttpUtility.ParseQueryString(back.Query)["code"]!;
        ProviderResult<OAuthTokens> tokens = await login.ExchangeAsync(ProviderName, code, verifier, Redirect, default);
        return tokens.Value ?? throw new InvalidOperationException($"{tokens}");
    }

    private sealed class Login(GraphStage stage, GraphSimulator simulator, GraphHistory history, GraphUser user) : RemoteLogin
    {
        private static readonly Interval Window = new(Instant.FromUtc(2027, 1, 15, 0, 0), Instant.FromUtc(2027, 7, 1, 0, 0));

        public override bool IsWatched => simulator.SubscriptionsOf(user).Count == simulator.CalendarsOf(user).Count;

        public override IEnumerable<(DateTimeOffset At, string Text)> Asked => stage.AskedBy(user.Id);

        public override Task ActAsync()
        {
            history.Step();
            return Task.CompletedTask;
        }

        public override void DropWatches() => simulator.DropSubscriptions(user);

        public override string Suffer(Random random)
        {
            switch (random.Next(5))
            {
                case 0:
                    simulator.ExpireAccessTokens(user);
                    return "access tokens are worthless";
                case 1:
                    simulator.InvalidateDeltaLinks(CalendarId);
                    return "delta links are gone";
                case 2 when simulator.SubscriptionsOf(user) is [var subscription, ..]:
                    simulator.SendLifecycle(subscription, "subscriptionRemoved");
                    return "a subscription is removed";
                case 3 when simulator.SubscriptionsOf(user) is [var subscription, ..]:
                    simulator.SendLifecycle(subscription, "reauthorizationRequired");
                    return "a subscription must be renewed";
                default:
                    DropWatches();
                    return "all watches are gone without a word";
            }
        }

        public override Task<string?[]> TitlesOfAsync(IReadOnlySet<string> keys)
        {
            HashSet<string?> transactions = [.. keys.Select(GraphProperties.TransactionOf)];
            return Task.FromResult<string?[]>(
            [
                .. simulator.TrueEvents(CalendarId)
                    .Where(e => (string?)e["transactionId"] is { } id && transactions.Contains(id))
                    .Select(e => (string?)e["subject"]),
            ]);
        }

        public override Task<string?> DifferenceToAsync(IReadOnlyCollection<ProviderItem> fresh)
        {
            (string truth, string ours) = (GraphTruth.Of(simulator, CalendarId, Window), GraphTruth.Of(fresh, Window));
            return Task.FromResult(truth == ours ? null : $"{truth}\nbut a fresh copy:\n{ours}");
        }
    }
}

using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Google;
using CalendarActors.Providers.Outbound;
using CalendarActors.Providers.Tests.Conformance;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;
using NodaTime;

namespace CalendarActors.Convergence.Tests;

/// <summary>Google.</summary>
public sealed class GoogleStage : SimulatorStage
{
    private readonly GoogleSimulator _simulator;
    private readonly TimeProvider _time;

    private GoogleStage(GoogleSimulator simulator, TimeProvider time, TimeSpan? watchLife)
    {
        (_simulator, _time, WatchLife) = (simulator, time, watchLife);
        Build(time, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [$"{OutboundOptions.Section}:AllowedHosts:0"] = "127.0.0.1",
            [$"{GoogleOptions.Section}:ClientId"] = simulator.ClientId,
            [$"{GoogleOptions.Section}:ClientSecret"] = simulator.ClientSecret,
            [$"{GoogleOptions.Section}:AuthorizationEndpoint"] = simulator.AuthorizationEndpoint.AbsoluteUri,
            [$"{GoogleOptions.Section}:TokenEndpoint"] = simulator.TokenEndpoint.AbsoluteUri,
            [$"{GoogleOptions.Section}:RevocationEndpoint"] = simulator.RevocationEndpoint.AbsoluteUri,
            [$"{GoogleOptions.Section}:UserInfoEndpoint"] = simulator.UserInfoEndpoint.AbsoluteUri,
            [$"{GoogleOptions.Section}:ApiBaseUrl"] = simulator.ApiBaseUrl.AbsoluteUri,
        });
    }

    public override string ProviderName => ProviderNames.Google;

    public override int WatchLapses => _simulator.WatchLapses;

    public override TimeSpan? WatchLife { get; }

    public override FaultScript Faults => _simulator.Faults;

    public override NotificationScript Notifications => _simulator.NotificationScript;

    public override RequestLog Requests => _simulator.Requests;

    public static async Task<SimulatorStage> StartAsync(TimeProvider time, int seed)
    {
        var random = new Random(seed);
        TimeSpan? watchLife = seed % 4 == 2 ? TimeSpan.FromHours(1) : null;
        return new GoogleStage(
            await GoogleSimulator.StartAsync(new GoogleSimulatorOptions
            {
                Seed = seed,
                Time = time,
                EventsPerPageAtMost = random.Next(2, 9),
                PagesMoveWhileReading = seed % 2 == 0,
                DeletedSeriesListsExceptions = seed % 3 != 0,
                SyncMessageBeforeAnswer = seed % 2 == 1,
                WatchLifeAtMost = watchLife ?? TimeSpan.FromDays(7),
            }),
            time,
            watchLife);
    }

    public override Task<RemoteLogin> AddAsync(string name, Random random)
    {
        string email = $"{name}@example.com";
        _simulator.AddUser(email, name);
        string calendar = _simulator.AddCalendar(email, "Shared");
        IssuedGoogleTokens tokens = _simulator.IssueTokens(email);
        return Task.FromResult<RemoteLogin>(new Login(this, _simulator, new GoogleHistory(_simulator, calendar, random), email)
        {
            CalendarId = calendar,
            Access = new ProviderAccess(ProviderName, null, null, tokens.AccessToken),
            Tokens = new OAuthTokens(tokens.AccessToken, Instant.FromDateTimeOffset(_time.GetUtcNow() + tokens.ExpiresIn), tokens.RefreshToken, []),
        });
    }

    public override void Trouble(bool isCompared)
    {
        foreach (string request in new[]
        {
            GoogleRequests.Listing, GoogleRequests.Get, GoogleRequests.Write, GoogleRequests.Watch, GoogleRequests.Stop,
            GoogleRequests.Calendars, GoogleRequests.Token,
        })
        {
            Faults.Randomly(request, 0.03, Fault.ResetBefore);
            Faults.Randomly(request, 0.03, Fault.Answer(503));
            if (request != GoogleRequests.Token)
            {
                Faults.Randomly(request, 0.03, Fault.LoseAnswer);
                Faults.Randomly(request, 0.03, Fault.CutAnswer);
                Faults.Randomly(request, 0.02, Fault.Answer(403, reason: "rateLimitExceeded"));
                Faults.Randomly(request, 0.01, Fault.Answer(401));
            }
        }

        // Readers lag, and never see what they saw before as it was before that.
        _simulator.ReadLag = TimeSpan.FromSeconds(10);
        Faults.Randomly(GoogleRequests.Listing, 0.03, Fault.OfProvider(GoogleSeams.EmptyPage));
        Faults.Randomly(GoogleRequests.Listing, 0.03, Fault.OfProvider(GoogleSeams.RepeatItem));
        Faults.Randomly(GoogleRequests.Listing, 0.02, Fault.OfProvider(GoogleSeams.RefusePageToken));
    }

    public override Task DeliverAsync() => _simulator.Notifications.DeliverDueAsync();

    public override void Calm()
    {
        base.Calm();
        _simulator.ReadLag = TimeSpan.Zero;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    private sealed class Login(GoogleStage stage, GoogleSimulator simulator, GoogleHistory history, string email) : RemoteLogin
    {
        public override bool IsWatched => simulator.OpenChannels(CalendarId).Count > 0;

        public override IEnumerable<(DateTimeOffset At, string Text)> Asked => stage.AskedBy(email);

        public override Task ActAsync()
        {
            history.Step();
            return Task.CompletedTask;
        }

        public override void DropWatches() => simulator.DropChannels(email);

        public override string Suffer(Random random)
        {
            switch (random.Next(3))
            {
                case 0:
                    simulator.ExpireAccessTokens(email);
                    return "access tokens are worthless";
                case 1:
                    simulator.InvalidateSyncTokens(CalendarId);
                    return "sync tokens are gone";
                default:
                    DropWatches();
                    return "all watches are gone without a word";
            }
        }

        public override Task<string?[]> TitlesOfAsync(IReadOnlySet<string> keys) => Task.FromResult<string?[]>(
        [
            .. simulator.ListEvents(CalendarId)
                .Where(e => keys.Contains((string)e["id"]!) && (string?)e["status"] != "cancelled")
                .Select(e => (string?)e["summary"]),
        ]);

        public override Task<string?> DifferenceToAsync(IReadOnlyCollection<ProviderItem> fresh)
        {
            (SortedSet<string> truth, SortedSet<string> ours) = (GoogleTruth.Of(simulator, CalendarId), GoogleTruth.Of(fresh));
            return Task.FromResult(truth.SetEquals(ours) ? null : $"{string.Join('\n', truth)}\nbut a fresh copy:\n{string.Join('\n', ours)}");
        }
    }
}

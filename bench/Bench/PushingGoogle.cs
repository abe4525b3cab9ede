using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Bench;

/// <summary>Google; its notifications are headers.</summary>
internal sealed class PushingGoogle : PushingProvider
{
    private readonly int _calendarsEach;

    private PushingGoogle(GoogleSimulator simulator, int calendarsEach)
    {
        Simulator = simulator;
        _calendarsEach = calendarsEach;
    }

    public GoogleSimulator Simulator { get; }

    public override string Name => "Google";

    public override string Button => "Google Calendar";

    public override string Accept => "Allow";

    public override string HookPath => "/hooks/google";

    public override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["CalendarActors__Providers__Google__ClientId"] = Simulator.ClientId,
        ["CalendarActors__Providers__Google__ClientSecret"] = Simulator.ClientSecret,
        ["CalendarActors__Providers__Google__AuthorizationEndpoint"] = Simulator.AuthorizationEndpoint.AbsoluteUri,
        ["CalendarActors__Providers__Google__TokenEndpoint"] = Simulator.TokenEndpoint.AbsoluteUri,
        ["CalendarActors__Providers__Google__RevocationEndpoint"] = Simulator.RevocationEndpoint.AbsoluteUri,
        ["CalendarActors__Providers__Google__UserInfoEndpoint"] = Simulator.UserInfoEndpoint.AbsoluteUri,
        ["CalendarActors__Providers__Google__ApiBaseUrl"] = Simulator.ApiBaseUrl.AbsoluteUri,
    };

    public override ImmutableArray<NotificationDelivery> Deliveries => Simulator.Notifications.Deliveries;

    /// <param name="calendarsEach">How many calendars of one event each person has.</param>
    public static async Task<PushingGoogle> StartAsync(int calendarsEach = 1) =>
        new(await GoogleSimulator.StartAsync(new GoogleSimulatorOptions { DeliversByItself = true }), calendarsEach);

    public override (string Email, string Choice, string EventId) AddPerson(int number)
    {
        string email = $"u{number}@bench.example";
        Simulator.AddUser(email, $"User {number}");
        for (int n = 1; n < _calendarsEach; n++)
        {
            PutEvent(Simulator.AddCalendar(email, $"Calendar {n}"));
        }

        return (email, email, PutEvent(email));
    }

    public override bool IsWatched(string email) => Simulator.OpenChannels(email).Count > 0;

    public override void Change(PushedCalendar calendar, string title) =>
        Simulator.PatchEvent(calendar.Email, calendar.EventId, new JsonObject { ["summary"] = title });

    public override IEnumerable<Hint> HintsIn(Notification sent)
    {
        if (sent.Headers.TryGetValue("X-Goog-Channel-Token", out string? secret)
            && sent.Headers["X-Goog-Resource-URI"].Contains("/events", StringComparison.Ordinal))
        {
            yield return new Hint(secret, sent.Headers.SetItem("X-Goog-Resource-State", "exists"), null);
        }
    }

    public override ValueTask DisposeAsync() => Simulator.DisposeAsync();

    private string PutEvent(string calendarId)
    {
        DateTime start = DateTime.UtcNow.Date.AddDays(1).AddHours(9);
        JsonObject made = Simulator.PutEvent(calendarId, new JsonObject
        {
            ["summary"] = "Before",
            ["start"] = new JsonObject { ["dateTime"] = $"{start:s}Z" },
            ["end"] = new JsonObject { ["dateTime"] = $"{start.AddHours(1):s}Z" },
        });
        return (string)made["id"]!;
    }
}

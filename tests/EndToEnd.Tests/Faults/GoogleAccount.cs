using System.Text.Json.Nodes;
using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>At a simulated Google, with three calendars.</summary>
internal sealed class GoogleAccount : Account
{
    private readonly SimulatedGoogle _provider;

    private GoogleAccount(SimulatedGoogle provider)
    {
        _provider = provider;
        Calendars = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [SimulatedProvider.Email] = SimulatedProvider.Email,
            ["Team"] = Google.AddCalendar(SimulatedProvider.Email, "Team"),
            ["Family"] = Google.AddCalendar(SimulatedProvider.Email, "Family"),
        };
    }

    public override string Name => _provider.Name;

    public override IReadOnlyDictionary<string, string> Settings => _provider.Settings;

    public override IReadOnlyDictionary<string, string> Calendars { get; }

    public override bool IsWatched => Calendars.Values.All(id => Google.OpenChannels(id).Count > 0);

    public override NotificationScript Notifications => Google.NotificationScript;

    public override (int All, int Troubled) Requests => Count(Google.Requests);

    private GoogleSimulator Google => _provider.Simulator;

    public static async Task<Account> StartAsync() => new GoogleAccount(await SimulatedGoogle.StartAsync());

    public override Task<Uri> ConnectAsync(BrowsingPerson owner) => owner.ConnectAsync(_provider, SimulatedProvider.Email);

    public override Task<string> AddAsync(string calendarId, string title, DateTimeOffset start) =>
        Task.FromResult((string)Google.PutEvent(calendarId, Event(title, start))["id"]!);

    public override Task ChangeAsync(string calendarId, string eventId, string title, DateTimeOffset start)
    {
        Google.PatchEvent(calendarId, eventId, Event(title, start));
        return Task.CompletedTask;
    }

    public override Task DeleteAsync(string calendarId, string eventId)
    {
        Google.DeleteEvent(calendarId, eventId);
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> LinesAsync() => Task.FromResult<IReadOnlyList<string>>(
    [
        .. Calendars.SelectMany(c => Google.ListEvents(c.Value)
            .Where(e => (string?)e["status"] != "cancelled")
            .Select(e => Lines.Of(c.Key, (string)e["summary"]!, Lines.At((string)e["start"]!["dateTime"]!)))),
    ]);

    public override void Trouble()
    {
        Google.Requests.Clear();
        Trouble(
            Google.Faults, Google.NotificationScript, GoogleRequests.Listing, GoogleRequests.Get, GoogleRequests.Write,
            GoogleRequests.Watch, GoogleRequests.Stop, GoogleRequests.Calendars, GoogleRequests.Calendar);
    }

    public override void Calm()
    {
        Google.Faults.Clear();
        Google.NotificationScript.Clear();
    }

    public override ValueTask DisposeAsync() => _provider.DisposeAsync();

    private static JsonObject Event(string title, DateTimeOffset start) => new()
    {
        ["summary"] = title,
        ["start"] = new JsonObject { ["dateTime"] = $"{start.UtcDateTime:s}Z" },
        ["end"] = new JsonObject { ["dateTime"] = $"{start.UtcDateTime.AddHours(1):s}Z" },
    };
}

using System.Text.Json.Nodes;
using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>At a simulated Microsoft, with three calendars.</summary>
internal sealed class MicrosoftAccount : Account
{
    private readonly SimulatedMicrosoft _provider;

    private MicrosoftAccount(SimulatedMicrosoft provider)
    {
        _provider = provider;
        Graph.AddCalendar(provider.Ada, "Team");
        Graph.AddCalendar(provider.Ada, "Family");
        Calendars = Graph.CalendarsOf(provider.Ada).ToDictionary(c => c.Name, c => c.Id, StringComparer.Ordinal);
    }

    public override string Name => _provider.Name;

    public override IReadOnlyDictionary<string, string> Settings => _provider.Settings;

    public override IReadOnlyDictionary<string, string> Calendars { get; }

    public override bool IsWatched => Graph.SubscriptionsOf(_provider.Ada).Count >= Calendars.Count;

    public override NotificationScript Notifications => Graph.Notifications;

    public override (int All, int Troubled) Requests => Count(Graph.Requests);

    private GraphSimulator Graph => _provider.Simulator;

    public static async Task<Account> StartAsync() => new MicrosoftAccount(await SimulatedMicrosoft.StartAsync());

    public override Task<Uri> ConnectAsync(BrowsingPerson owner) => owner.ConnectAsync(_provider, SimulatedProvider.Email);

    public override Task<string> AddAsync(string calendarId, string title, DateTimeOffset start) =>
        Task.FromResult(Graph.PutEvent(calendarId, Event(title, start)));

    public override Task ChangeAsync(string calendarId, string eventId, string title, DateTimeOffset start)
    {
        Graph.PatchEvent(calendarId, eventId, Event(title, start));
        return Task.CompletedTask;
    }

    public override Task DeleteAsync(string calendarId, string eventId)
    {
        Graph.DeleteEvent(calendarId, eventId);
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> LinesAsync() => Task.FromResult<IReadOnlyList<string>>(
    [
        .. Calendars.SelectMany(c => Graph.TrueEvents(c.Value)
            .Select(e => Lines.Of(c.Key, (string)e["subject"]!, Lines.At((string)e["start"]!["dateTime"]!)))),
    ]);

    // Not of tokens: MSAL then asks nobody for a minute, whatever happens.
    public override void Trouble()
    {
        Graph.Requests.Clear();
        Trouble(
            Graph.Faults, Graph.Notifications, RequestClasses.Delta, RequestClasses.Event, RequestClasses.Events, RequestClasses.Batch,
            RequestClasses.CreateEvent, RequestClasses.UpdateEvent, RequestClasses.DeleteEvent, RequestClasses.View,
            RequestClasses.Subscriptions, RequestClasses.Calendars, RequestClasses.Calendar);
    }

    public override void Calm()
    {
        Graph.Faults.Clear();
        Graph.Notifications.Clear();
    }

    public override ValueTask DisposeAsync() => _provider.DisposeAsync();

    private static JsonObject Event(string title, DateTimeOffset start) => new()
    {
        ["subject"] = title,
        ["start"] = new JsonObject { ["dateTime"] = $"{start.UtcDateTime:s}", ["timeZone"] = "UTC" },
        ["end"] = new JsonObject { ["dateTime"] = $"{start.UtcDateTime.AddHours(1):s}", ["timeZone"] = "UTC" },
    };
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Bench;

/// <summary>Microsoft; its notifications are JSON, several in one body.</summary>
internal sealed class PushingMicrosoft : PushingProvider
{
    private readonly GraphSimulator _graph;
    private readonly ConcurrentDictionary<string, GraphUser> _users = new(StringComparer.Ordinal);

    private PushingMicrosoft(GraphSimulator graph) => _graph = graph;

    public override string Name => "Microsoft";

    public override string Button => "Microsoft 365 or Outlook";

    public override string Accept => "Accept";

    public override string HookPath => "/hooks/microsoft";

    public override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["CalendarActors__Providers__Microsoft__ClientId"] = "5a9b0c8e-0000-4f6e-8a5f-5a4db0c11e47",
        ["CalendarActors__Providers__Microsoft__ClientSecret"] = "bench-secret",
        ["CalendarActors__Providers__Microsoft__Authority"] = new Uri(_graph.Authority, "common").AbsoluteUri,
        ["CalendarActors__Providers__Microsoft__GraphBaseUrl"] = _graph.GraphBaseUrl,
    };

    public override ImmutableArray<NotificationDelivery> Deliveries => [.. _graph.Deliveries];

    public static async Task<PushingMicrosoft> StartAsync() =>
        new(await GraphSimulator.StartAsync(new GraphSimulatorOptions { DeliversNotificationsByItself = true }));

    public override (string Email, string Choice, string EventId) AddPerson(int number)
    {
        string email = $"u{number}@bench.example";
        GraphUser user = _graph.AddUser(email, $"User {number}", "11111111-aaaa-4f6e-8a5f-000000000001");
        _users[email] = user;
        DateTime start = DateTime.UtcNow.Date.AddDays(1).AddHours(9);
        string made = _graph.PutEvent(CalendarOf(email), new JsonObject
        {
            ["subject"] = "Before",
            ["start"] = new JsonObject { ["dateTime"] = $"{start:s}", ["timeZone"] = "UTC" },
            ["end"] = new JsonObject { ["dateTime"] = $"{start.AddHours(1):s}", ["timeZone"] = "UTC" },
        });
        return (email, user.Id, made);
    }

    public override bool IsWatched(string email) => _graph.SubscriptionsOf(_users[email]).Count > 0;

    public override void Change(PushedCalendar calendar, string title) =>
        _graph.PatchEvent(CalendarOf(calendar.Email), calendar.EventId, new JsonObject { ["subject"] = title });

    public override IEnumerable<Hint> HintsIn(Notification sent)
    {
        JsonArray items = sent.Body is null ? [] : JsonNode.Parse(sent.Body)!["value"]!.AsArray();
        foreach (JsonNode item in items.OfType<JsonNode>().Where(i => i["lifecycleEvent"] is null))
        {
            string body = new JsonObject { ["value"] = new JsonArray(item.DeepClone()) }.ToJsonString();
            yield return new Hint((string)item["clientState"]!, ImmutableDictionary<string, string>.Empty, body);
        }
    }

    public override ValueTask DisposeAsync() => _graph.DisposeAsync();

    private string CalendarOf(string email) => _graph.CalendarsOf(_users[email])[0].Id;
}

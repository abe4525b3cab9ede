using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>A Microsoft with work accounts of two tenants.</summary>
internal sealed class SimulatedMicrosoft : SimulatedProvider
{
    /// <summary>Ada's tenant.</summary>
    public const string Tenant = "11111111-aaaa-4f6e-8a5f-000000000001";

    private const string OtherTenant = "22222222-bbbb-4f6e-8a5f-000000000002";

    private readonly GraphSimulator _graph;
    private readonly GraphUser _ada;
    private readonly string _segment;

    private SimulatedMicrosoft(GraphSimulator graph, GraphUser ada, string segment)
    {
        _graph = graph;
        _ada = ada;
        _segment = segment;
    }

    public override string Name => "office365";

    public override string Button => "Microsoft 365 or Outlook";

    public override string Accept => "Accept";

    /// <summary>The other side of the wire.</summary>
    public GraphSimulator Simulator => _graph;

    /// <summary>Who is connected.</summary>
    public GraphUser Ada => _ada;

    /// <summary>Where people sign in; everything below it.</summary>
    public Uri Authority => _graph.Authority;

    public override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CalendarActors:Providers:Microsoft:ClientId"] = "5a9b0c8e-0000-4f6e-8a5f-5a4db0c11e47",
        ["CalendarActors:Providers:Microsoft:ClientSecret"] = "test-secret",
        ["CalendarActors:Providers:Microsoft:Authority"] = $"{new Uri(_graph.Authority, _segment)}",
        ["CalendarActors:Providers:Microsoft:GraphBaseUrl"] = _graph.GraphBaseUrl,
    };

    public override IReadOnlyList<string> Titles => [.. _graph.TrueEvents(Calendar).Select(e => (string)e["subject"]!)];

    public override bool IsWatched => _graph.SubscriptionsOf(_ada).Count > 0;

    private string Calendar => _graph.CalendarsOf(_ada)[0].Id;

    /// <summary>Starts it for an application that lets in whoever the segment stands for, such as one tenant.</summary>
    public static async Task<SimulatedMicrosoft> StartAsync(string segment = "common")
    {
        GraphSimulator graph = await GraphSimulator.StartAsync(new GraphSimulatorOptions { DeliversNotificationsByItself = true });
        GraphUser ada = graph.AddUser(Email, "Ada Lovelace", Tenant);
        graph.AddUser(OtherEmail, "Eve Other", OtherTenant);
        return new SimulatedMicrosoft(graph, ada, segment);
    }

    public override void Add(string title)
    {
        (JsonObject start, JsonObject end) = Tomorrow();
        _graph.PutEvent(Calendar, new JsonObject { ["subject"] = title, ["start"] = start, ["end"] = end });
    }

    public override void Revoke() => _graph.Revoke(_ada);

    public override ValueTask DisposeAsync() => _graph.DisposeAsync();
}

using System.Text.Json.Nodes;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>A node beside one simulated provider, an application, and a person with a browser.</summary>
internal sealed class ConnectScene : IAsyncDisposable
{
    private ConnectScene(SimulatedProvider provider, RunningNode node, Integrator application, BrowsingPerson person)
    {
        Provider = provider;
        Node = node;
        Application = application;
        Person = person;
    }

    public SimulatedProvider Provider { get; }

    public RunningNode Node { get; }

    public Integrator Application { get; }

    public BrowsingPerson Person { get; }

    /// <summary>Starts all of it; the provider is the scene's from then on.</summary>
    public static async Task<ConnectScene> OpenAsync(SimulatedProvider provider)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("calendaractors-connect");
        RunningNode node = await RunningNode.StartAsync("Standalone", data.FullName, new Dictionary<string, string>(provider.Settings)
        {
            // Notifications and writes bring about everything: a poll would hide it when they do not.
            ["CalendarActors:Sync:PollInterval"] = "00:05:00",
            ["CalendarActors:Sync:RefusalSpread"] = "00:00:00",
            ["CalendarActors:RateLimit:AddressPerMinute"] = "0",
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
        });
        return new ConnectScene(provider, node, await Integrator.RegisterAsync(node), await BrowsingPerson.StartAsync());
    }

    /// <summary>Every connection that the operator sees.</summary>
    public async Task<IReadOnlyList<JsonNode>> ConnectionsAsync()
    {
        using HttpResponseMessage response = await Node.OperateAsync(HttpMethod.Get, "/operator/connections");
        return [.. JsonNode.Parse(await response.Content.ReadAsStringAsync())!["connections"]!.AsArray().Select(c => c!)];
    }

    public async ValueTask DisposeAsync()
    {
        await Person.DisposeAsync();
        await Node.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

using System.Text.Json.Nodes;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>A node beside one simulated provider, an application, and a person with a browser.</summary>
internal sealed class ConnectScene : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly Dictionary<string, string> _settings;

    private ConnectScene(
        SimulatedProvider provider, DirectoryInfo data, Dictionary<string, string> settings, RunningNode node, Integrator application, BrowsingPerson person)
    {
        Provider = provider;
        (_data, _settings) = (data, settings);
        Node = node;
        Application = application;
        Person = person;
    }

    public SimulatedProvider Provider { get; }

    public RunningNode Node { get; private set; }

    public Integrator Application { get; }

    public BrowsingPerson Person { get; }

    /// <summary>Starts all of it; the provider is the scene's from then on.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="more">Further settings of the node.</param>
    public static async Task<ConnectScene> OpenAsync(
        SimulatedProvider provider, IReadOnlyDictionary<string, string>? more = null)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("calendaractors-connect");
        Dictionary<string, string> settings = new(provider.Settings)
        {
            // Notifications and writes bring about everything: a poll would hide it when they do not.
            ["CalendarActors:Sync:PollInterval"] = "00:05:00",
            ["CalendarActors:Sync:RefusalSpread"] = "00:00:00",
            ["CalendarActors:RateLimit:AddressPerMinute"] = "0",
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
        };
        foreach ((string key, string value) in more ?? new Dictionary<string, string>())
        {
            settings[key] = value;
        }

        RunningNode node = await RunningNode.StartAsync("Standalone", data.FullName, settings);
        return new ConnectScene(
            provider, data, settings, node, await Integrator.RegisterAsync(node), await BrowsingPerson.StartAsync());
    }

    /// <summary><c>kill -9</c>, and the same node again: at its address, with its data, a setting changed.</summary>
    /// <param name="meanwhile">What happens while there is no node.</param>
    /// <param name="setting">A setting.</param>
    public async Task KillAndRestartAsync(Action meanwhile, (string Key, string Value) setting)
    {
        await Node.KillAsync();
        meanwhile();
        _settings[setting.Key] = setting.Value;
        RunningNode next = await RunningNode.StartAtAsync(Node.Address, "Standalone", _data.FullName, _settings);
        await Node.DisposeAsync();
        Node = next;
        Application.GoOnAt(next);
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

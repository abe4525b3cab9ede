using System.Text;
using CalendarActors.EndToEnd.Tests.Cluster;
using CalendarActors.TestKit.Nodes;
using CalendarActors.TestKit.PostgreSql;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>A node on PostgreSQL, both of which can be killed and come back as they were.</summary>
internal sealed class FragileNode : IAsyncDisposable
{
    private readonly PostgreSqlCluster _database;
    private readonly Dictionary<string, string> _settings;
    private readonly string _data = Directory.CreateTempSubdirectory("calendaractors-fragile").FullName;
    private readonly StringBuilder _said = new();

    private FragileNode(PostgreSqlCluster database, Dictionary<string, string> settings) => (_database, _settings) = (database, settings);

    public RunningNode Node { get; private set; } = null!;

    /// <summary>What all processes printed so far.</summary>
    public string Output => $"{_said}{Node.Output}";

    /// <param name="more">Settings of the node.</param>
    public static async Task<FragileNode> StartAsync(IEnumerable<KeyValuePair<string, string>> more)
    {
        PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        Dictionary<string, string> settings = SmallCluster.SettingsOn(await database.CreateDatabaseAsync());

        // The same ports after a kill: then others see that it is the same silo, begun anew.
        settings["CalendarActors:Cluster:SiloPort"] = $"{RunningNode.FreePort()}";
        settings["CalendarActors:Cluster:GatewayPort"] = $"{RunningNode.FreePort()}";
        foreach ((string key, string value) in more)
        {
            settings[key] = value;
        }

        FragileNode fragile = new(database, settings);
        fragile.Node = await RunningNode.StartAsync("Standalone", fragile._data, settings);
        return fragile;
    }

    /// <summary><c>kill -9</c>, and the same node again.</summary>
    /// <param name="began">Told of the new process before the old one is given up.</param>
    public async Task KillAsync(Action<RunningNode> began)
    {
        RunningNode killed = Node;
        await killed.KillAsync();
        _said.AppendLine(killed.Output);
        Node = await RunningNode.StartAtAsync(killed.Address, "Standalone", _data, _settings);
        began(Node);
        await killed.DisposeAsync();
    }

    /// <summary>PostgreSQL ends as if its machine had died, and is there again some time after it was missed.</summary>
    public async Task KillDatabaseAsync(Func<Task> missed)
    {
        await _database.InterruptAsync();
        try
        {
            await missed();
        }
        finally
        {
            await _database.ResumeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await _database.DisposeAsync();
    }
}

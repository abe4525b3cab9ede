using System.Security.Cryptography;
using CalendarActors.TestKit.Nodes;
using CalendarActors.TestKit.PostgreSql;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>What <c>eng/cluster.sh</c> and <c>docker-compose.yml</c> start: silos and two gateways on PostgreSQL.</summary>
internal sealed class SmallCluster : IAsyncDisposable
{
    /// <summary>How long an application waits for one gateway before it asks the other.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // As Orleans numbers them.
    private const int Dead = 6;

    private readonly PostgreSqlCluster _database;
    private readonly Dictionary<string, string> _settings;
    private readonly List<RunningNode> _nodes = [];

    private SmallCluster(PostgreSqlCluster database, Dictionary<string, string> settings)
    {
        _database = database;
        _settings = settings;
    }

    public RunningNode[] Silos { get; private set; } = [];

    public RunningNode[] Gateways { get; private set; } = [];

    /// <summary>All of it at once: gateways wait for their silos.</summary>
    /// <param name="silos">How many silos.</param>
    public static async Task<SmallCluster> StartAsync(int silos = 2)
    {
        PostgreSqlCluster database = await PostgreSqlCluster.StartAsync();
        SmallCluster cluster = new(database, SettingsOn(await database.CreateDatabaseAsync()));
        Task<RunningNode>[] starting =
        [
            cluster.StartNodeAsync("Gateway"),
            cluster.StartNodeAsync("Gateway"),
            .. Enumerable.Range(0, silos).Select(_ => cluster.StartSiloAsync()),
        ];
        try
        {
            RunningNode[] nodes = await Task.WhenAll(starting);
            (cluster.Gateways, cluster.Silos) = (nodes[..2], nodes[2..]);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>What every process of a new cluster is told.</summary>
    public static Dictionary<string, string> SettingsOn(string connectionString) => new(StringComparer.Ordinal)
    {
        ["CalendarActors:Storage:Provider"] = "PostgreSql",
        ["CalendarActors:Storage:ConnectionString"] = connectionString,
        ["CalendarActors:Cluster:Mode"] = "AdoNet",
        ["CalendarActors:Secrets:MasterKeys:0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["CalendarActors:Secrets:IdKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["CalendarActors:RateLimit:PerSecond"] = "0",
        ["CalendarActors:RateLimit:PerMinute"] = "0",
        ["CalendarActors:Drain:Delay"] = "00:00:05",
    };

    /// <summary>PostgreSQL ends as if its machine had died; it is there again some time after it was missed.</summary>
    public async Task RestartDatabaseAsync(Func<Task> missed)
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

    /// <summary>Another one, which joins. It ends with the cluster.</summary>
    public Task<RunningNode> StartSiloAsync() => StartNodeAsync("Silo");

    /// <summary>Whether the others have agreed that this silo is dead.</summary>
    public async Task<bool> IsVotedOutAsync(RunningNode silo) => await _database.AskAsync(
        _settings["CalendarActors:Storage:ConnectionString"],
        $"select count(*) from cluster_member where port = {silo.SiloPort} and status = {Dead}") != "0";

    /// <summary>What every process printed, for a test that fails.</summary>
    public string Output() => string.Join('\n', _nodes.Select(node => $"--- {node.Address}\n{node.Output}"));

    public async ValueTask DisposeAsync()
    {
        foreach (RunningNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    private async Task<RunningNode> StartNodeAsync(string program)
    {
        string folder = Directory.CreateTempSubdirectory("calendaractors-cluster").FullName;
        RunningNode node = await RunningNode.StartAsync(program, folder, _settings);
        lock (_nodes)
        {
            _nodes.Add(node);
        }

        return node;
    }
}

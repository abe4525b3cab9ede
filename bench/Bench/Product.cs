using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CalendarActors.TestKit.CalDavServers;
using CalendarActors.TestKit.PostgreSql;
using Npgsql;

namespace CalendarActors.Bench;

/// <summary>The real Standalone, Release build, with a folder and perhaps a database of its own.</summary>
internal sealed class Product : IAsyncDisposable
{
    public const string OperatorKey = "bench-operator-key-0123456789abcdef0123456789abcdef";

    private readonly string _folder;
    private readonly PostgreSqlCluster? _database;
    private readonly string? _connectionString;
    private readonly int _probePort;

    private Product(
        MeasuredProcess process, string folder, PostgreSqlCluster? database, string? connectionString, int probePort)
    {
        _connectionString = connectionString;
        Process = process;
        _folder = folder;
        _database = database;
        _probePort = probePort;
    }

    public MeasuredProcess Process { get; }

    /// <summary>Its database server; null with SQLite.</summary>
    public PostgreSqlCluster? Database => _database;

    /// <summary>Transactions that its database committed so far, as the server counts them; 0 with SQLite.</summary>
    public async Task<long> CommitsAsync()
    {
        if (_connectionString is null)
        {
            return 0;
        }

        await using NpgsqlConnection connection = new(_connectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<Product> StartAsync(bool postgreSql, IReadOnlyDictionary<string, string>? settings = null)
    {
        string folder = Directory.CreateTempSubdirectory("calendaractors-bench").FullName;
        PostgreSqlCluster? database = postgreSql ? await PostgreSqlCluster.StartAsync() : null;
        int port = LoopbackPort.Free();
        int probePort = LoopbackPort.Free();
        Uri address = new($"http://127.0.0.1:{port}");
        Dictionary<string, string> environment = new()
        {
            ["ASPNETCORE_URLS"] = address.ToString().TrimEnd('/'),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Default"] = "Warning",
            ["CalendarActors__DataDirectory"] = Path.Combine(folder, "data"),
            ["CalendarActors__Operator__Key"] = OperatorKey,
            ["CalendarActors__Outbound__AllowPrivateNetworks"] = "true",
            // Counted for each request, and never reached.
            ["CalendarActors__RateLimit__PerSecond"] = "1000000",
            ["CalendarActors__RateLimit__PerMinute"] = "1000000",
            ["CalendarActors__RateLimit__AddressPerMinute"] = "0",
            ["CalendarActors__Cluster__SiloPort"] = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture),
            ["CalendarActors__Cluster__GatewayPort"] = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture),
            ["DOTNET_STARTUP_HOOKS"] = Repository.HeapProbe,
            ["HEAP_PROBE_PORT"] = probePort.ToString(CultureInfo.InvariantCulture),
        };
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
        {
            environment[key] = value;
        }

        string? connectionString = database is null ? null : await database.CreateDatabaseAsync();
        if (connectionString is not null)
        {
            environment["CalendarActors__Storage__Provider"] = "PostgreSql";
            environment["CalendarActors__Storage__ConnectionString"] = connectionString;
        }

        MeasuredProcess process = await MeasuredProcess.StartAsync(
            "dotnet", [Repository.Standalone], environment, address, "/health/ready");
        return new Product(process, folder, database, connectionString, probePort);
    }

    /// <summary>Bytes alive in the product after a full, compacting collection.</summary>
    public async Task<long> HeapBytesAsync() => (await ReadAsync()).BytesAlive;

    /// <summary>What its probe reads in it now, after a full, compacting collection.</summary>
    public async Task<ProcessReading> ReadAsync()
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", _probePort);
        using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
        double[] read = [.. (await reader.ReadToEndAsync()).Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        return new ProcessReading((long)read[0], (long)read[1], read[2], read[3]);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}

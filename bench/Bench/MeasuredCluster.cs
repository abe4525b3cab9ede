using System.Globalization;
using System.Security.Cryptography;
using CalendarActors.TestKit.CalDavServers;
using CalendarActors.TestKit.PostgreSql;

namespace CalendarActors.Bench;

/// <summary>Silos and one gateway, each a process of the Release build, on a database of their own.</summary>
internal sealed class MeasuredCluster : IAsyncDisposable
{
    private readonly MeasuredProcess[] _silos;
    private readonly MeasuredProcess _gateway;
    private readonly string _folder;

    private MeasuredCluster(MeasuredProcess[] silos, MeasuredProcess gateway, string folder)
    {
        _silos = silos;
        _gateway = gateway;
        _folder = folder;
    }

    public Uri Address => _gateway.Address;

    public static async Task<MeasuredCluster> StartAsync(PostgreSqlCluster database, int silos)
    {
        string folder = Directory.CreateTempSubdirectory("calendaractors-bench").FullName;
        Dictionary<string, string> settings = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Default"] = "Warning",
            ["CalendarActors__Storage__Provider"] = "PostgreSql",
            ["CalendarActors__Storage__ConnectionString"] = await database.CreateDatabaseAsync(),
            ["CalendarActors__Cluster__Mode"] = "AdoNet",
            ["CalendarActors__Secrets__MasterKeys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["CalendarActors__Secrets__IdKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["CalendarActors__Operator__Key"] = Product.OperatorKey,
            ["CalendarActors__PublicUrl"] = "http://127.0.0.1",
            // Counted for each request, and never reached.
            ["CalendarActors__RateLimit__PerSecond"] = "1000000",
            ["CalendarActors__RateLimit__PerMinute"] = "1000000",
            ["CalendarActors__RateLimit__AddressPerMinute"] = "0",
        };
        List<MeasuredProcess> started = [];
        for (int n = 0; n < silos; n++)
        {
            started.Add(await StartAsync("Silo", Path.Combine(folder, $"silo-{n}"), settings));
        }

        return new MeasuredCluster([.. started], await StartAsync("Gateway", Path.Combine(folder, "gateway"), settings), folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        foreach (MeasuredProcess silo in _silos)
        {
            await silo.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static Task<MeasuredProcess> StartAsync(string program, string folder, Dictionary<string, string> settings)
    {
        Uri address = new($"http://127.0.0.1:{LoopbackPort.Free()}");
        Dictionary<string, string> environment = new(settings)
        {
            ["ASPNETCORE_URLS"] = address.ToString().TrimEnd('/'),
            ["CalendarActors__DataDirectory"] = folder,
            ["CalendarActors__Cluster__SiloPort"] = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture),
            ["CalendarActors__Cluster__GatewayPort"] = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture),
        };
        return MeasuredProcess.StartAsync("dotnet", [Repository.Program(program)], environment, address, "/health/ready");
    }
}

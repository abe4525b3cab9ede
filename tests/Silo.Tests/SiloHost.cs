using System.Security.Cryptography;
using CalendarActors.Grains;
using CalendarActors.Silo.Hosting;
using CalendarActors.Silo.Storage;
using CalendarActors.Telemetry;
using CalendarActors.TestKit.CalDavServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace CalendarActors.Silo.Tests;

/// <summary>A silo as production composes it, in this process.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    private readonly IHost _host;

    private SiloHost(IHost host, DatabasePlace place)
    {
        _host = host;
        Place = place;
    }

    public DatabasePlace Place { get; }

    public IServiceProvider Services => _host.Services;

    public StateDatabase Database => Services.GetRequiredService<StateDatabase>();

    public IGrainStorage Storage => Services.GetRequiredKeyedService<IGrainStorage>(StorageNames.Provider);

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public static async Task<SiloHost> StartAsync(DatabasePlace place, params (string Key, string Value)[] settings)
    {
        IHost host = Build(place, settings);
        try
        {
            await host.StartAsync();
            return new(host, place);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Keys of an installation; its silos share them.</summary>
    public static (string Key, string Value)[] Keys() =>
    [
        ("CalendarActors:Secrets:MasterKeys:0", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
        ("CalendarActors:Secrets:IdKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
    ];

    public static IHost Build(DatabasePlace place, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CalendarActors:PublicUrl"] = "http://127.0.0.1:5080",
            ["CalendarActors:DataDirectory"] = place.Folder,
            ["CalendarActors:Storage:Provider"] = place.Provider.ToString(),
            ["CalendarActors:Storage:ConnectionString"] = place.ConnectionString,
            ["CalendarActors:Cluster:SiloPort"] = $"{LoopbackPort.Free()}",
            ["CalendarActors:Cluster:GatewayPort"] = $"{LoopbackPort.Free()}",
        });
        builder.Configuration.AddInMemoryCollection(Keys().Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddTelemetry("silo");
        builder.AddCalendarActorsSilo();
        return builder.Build();
    }

    /// <summary>Stops the silo; what it registered still answers, and nothing of it works in the background.</summary>
    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}

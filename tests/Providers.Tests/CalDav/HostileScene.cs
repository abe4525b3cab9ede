using System.Collections.Immutable;
using System.Net;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CalendarActors.Providers.Tests.CalDav;

/// <summary>The adapter, and a server with habits that real servers have.</summary>
public abstract class HostileScene : IAsyncLifetime
{
    protected HostileCalDavServer Server { get; } = new();
    private readonly ServiceProvider _services;

    protected HostileScene() => _services = new ServiceCollection()
        .AddSingleton<IHostResolver>(new LoopbackResolver())
        .AddCalendarActorsProviders(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{OutboundOptions.Section}:AllowedHosts:0"] = "127.0.0.0/8",
        }).Build())
        .BuildServiceProvider();

    protected static CancellationToken None => CancellationToken.None;

    protected ICalendarProvider Provider => _services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.CalDav)!;

    protected ProviderAccess Access => new(ProviderNames.CalDav, Server.Address, "alice", HostileCalDavServer.Password);

    protected string Calendar => new Uri(Server.Address, HostileCalDavServer.CalendarPath).AbsoluteUri;

    public virtual Task InitializeAsync() => Server.StartAsync();

    public virtual async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }

    private protected static Dictionary<string, KnownVersion> Known(ImmutableArray<ProviderItem> items) =>
        items.ToDictionary(i => i.Id, i => new KnownVersion(i.Version, false), StringComparer.Ordinal);

    protected static ProviderWrite Write(string key, string summary) => new(key, null, null, new EventChange
    {
        Start = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 9, 30), "Europe/Berlin"),
        End = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 10, 15), "Europe/Berlin"),
        Summary = summary,
    });

    protected static T Value<T>(ProviderResult<T> result)
        where T : class
    {
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    protected Uri Named(string host) => new($"http://{host}:{Server.Address.Port}/");

    private protected sealed class LoopbackResolver : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
    }
}

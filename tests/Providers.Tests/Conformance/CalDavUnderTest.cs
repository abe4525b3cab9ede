using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using CalendarActors.TestKit.CalDavServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>A real server behind the proxy, which counts what the adapter asks of it.</summary>
public abstract class CalDavUnderTest(CalDavServer server) : ProviderUnderTest
{
    private readonly ServiceProvider _services = ProvidersFor("127.0.0.1");
    private MissingServerException? _missing;

    public CalDavServer Server { get; } = server;

    public FaultProxy Proxy { get; private set; } = null!;

    public override ICalendarProvider Provider =>
        _services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.CalDav)!;

    public override ProviderAccess Typed => _missing is null
        ? new(ProviderNames.CalDav, Proxy.Address, Server.UserName, Server.Password)
        : throw _missing;

    public override bool ChecksPasswords => Server.ChecksPasswords;

    public override Task StoreAsync(string calendarId, string name, string calendarText) =>
        Server.Client.StoreAsync(Direct(calendarId), name, calendarText);

    public override Task RemoveAsync(string calendarId, string itemId) =>
        Server.Client.DeleteAsync(new Uri(Server.Address, itemId));

    public override Task RemoveCalendarAsync(string calendarId) => Server.Client.DeleteAsync(new Uri(Direct(calendarId)));

    public override Task<string?> ReadAsync(string calendarId, string itemId) =>
        Server.Client.ReadAsync(new Uri(Server.Address, itemId));

    public override Task<IReadOnlyList<string>> ListAsync(string calendarId) => Server.Client.ListAsync(Direct(calendarId));

    public override async Task InitializeAsync()
    {
        try
        {
            await Server.StartAsync();
            Proxy = await FaultProxy.StartAsync(Server.Address);
        }
        catch (MissingServerException e)
        {
            _missing = e;
        }
    }

    public override async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        await Server.DisposeAsync();
    }

    /// <summary>The product's own composition, allowed to call loopback.</summary>
    internal static ServiceProvider ProvidersFor(params string[] allowedHosts) => new ServiceCollection()
        .AddCalendarActorsProviders(new ConfigurationBuilder()
            .AddInMemoryCollection(allowedHosts.Select((host, i) =>
                new KeyValuePair<string, string?>($"{OutboundOptions.Section}:AllowedHosts:{i}", host)))
            .Build())
        .BuildServiceProvider();

    private string Direct(string calendarId) => new Uri(Server.Address, new Uri(calendarId).AbsolutePath).AbsoluteUri;
}

using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Providers.Tests.CalDav;

/// <summary>Connecting to servers that lead elsewhere.</summary>
public sealed class HostileConnectTests : HostileScene
{
    [Fact]
    public async Task Connect_WhenTheHomeIsOnAnotherHostOfTheOwner_FollowsIt()
    {
        Server.HomeOrigin = $"http://p42.dav.test:{Server.Address.Port}";

        ProviderAccount account = Value(await Provider.ConnectAsync(Access with { Server = Named("caldav.dav.test") }, None));
        ProviderCalendar calendar = Assert.Single(account.Calendars);
        PullChanges pulled = Value(await Provider.PullAsync(account.Access, PullRequest.From(calendar.Id, null), None));

        Assert.StartsWith("http://p42.dav.test:", calendar.Id, StringComparison.Ordinal);
        Assert.Equal(($"http://caldav.dav.test:{Server.Address.Port}", "/me/"), (account.Issuer, account.Subject));
        Assert.True(pulled.IsComplete);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("dav.test.evil.example")]
    [InlineData("10.0.0.1")]
    public async Task Connect_WhenTheHomeIsAnotherOwners_SendsItNothing(string host)
    {
        Server.HomeOrigin = $"http://{host}:{Server.Address.Port}";
        int before = 0;
        Server.Intercept = context =>
        {
            before += context.Request.Host.Host == host ? 1 : 0;
            return null;
        };

        ProviderResult<ProviderAccount> result = await Provider.ConnectAsync(Access with { Server = Named("caldav.dav.test") }, None);

        Assert.Equal(ProviderFaultKind.NotAProvider, result.Fault?.Kind);
        Assert.Equal(0, before);
    }

    [Fact]
    public async Task Connect_WhenTheAddressRedirectsToAnotherOwner_SendsNoPasswordThere()
    {
        Server.Intercept = context => context.Request.Host.Host == "caldav.dav.test"
            ? Results.Redirect($"http://evil.example:{Server.Address.Port}/", preserveMethod: true)
            : null;

        ProviderResult<ProviderAccount> result = await Provider.ConnectAsync(Access with { Server = Named("caldav.dav.test") }, None);

        Assert.Equal(ProviderFaultKind.NotAProvider, result.Fault?.Kind);
        Assert.Contains(Server.Requests.Requests, r => r.Authorization is null);
        Assert.All(Server.Requests.Requests.Where(r => r.Authorization is null), r => Assert.Equal("PROPFIND", r.Method));
    }

    [Fact]
    public async Task Connect_WhenTheAddressIsAWebPage_IsNoProvider()
    {
        Server.Intercept = _ => Results.Content("<html>Welcome</html>", "text/html", null, 200);

        Assert.Equal(ProviderFaultKind.NotAProvider, (await Provider.ConnectAsync(Access, None)).Fault?.Kind);
    }

    [Theory]
    [InlineData("http://10.255.255.1/")]
    [InlineData("https://192.168.1.1/dav")]
    [InlineData("https://[::1]/")]
    [InlineData("https://metadata.internal.test/")]
    public async Task Connect_WhenTheAddressLeadsInside_SaysWhichOptionWouldAllowIt(string address)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IHostResolver>(new LoopbackResolver())
            .AddCalendarActorsProviders(new ConfigurationBuilder().Build())
            .BuildServiceProvider();

        ProviderResult<ProviderAccount> result = await services.GetRequiredService<IProviderCatalog>()
            .Find(ProviderNames.CalDav)!.ConnectAsync(Access with { Server = new Uri(address) }, None);

        Assert.Equal(ProviderFaultKind.AddressNotAllowed, result.Fault?.Kind);
        Assert.Contains("AllowedHosts", result.Fault!.Detail, StringComparison.Ordinal);
    }
}

using System.Net;
using System.Web;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Gateway.Tests.Pages;

/// <summary>Logging in at a provider that issues tokens, and every way back from there.</summary>
[Collection(OneGateway.Name)]
public sealed class ProviderLoginTests(GatewayHost host)
{
    private static int _count;

    [Fact]
    public async Task Person_WhenTheyLogInAtTheProvider_SeesWhatTheyAllow()
    {
        string user = NewUser();
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();

        await browser.BeginAsync(application);
        string request = browser.RequestId;
        await browser.OpenAsync($"/connect/{request}/login?provider=office365");
        Assert.Equal("login.test", browser.Location.Host);
        string back = $"/connect/callback?code={user}&state={Uri.EscapeDataString(State(browser))}";
        await browser.OpenAsync(back);

        Assert.EndsWith("/consent", browser.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(user, browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", browser.Location.Query, StringComparison.Ordinal);
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");
        Assert.StartsWith("ac_", browser.Answer("code"), StringComparison.Ordinal);

        await browser.OpenAsync(back);
        Assert.Equal(HttpStatusCode.Gone, browser.Status);
    }

    [Fact]
    public async Task Application_WhenItNamesTheProvider_SendsThePersonStraightThere()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();

        await browser.BeginAsync(application, more: "&provider_name=google");

        Assert.Equal("login.test", browser.Location.Host);
    }

    [Theory]
    [InlineData("error=access_denied", "Access was not allowed at the provider")]
    [InlineData("error=server_error&error_description=AADSTS50020", "may belong to another organization")]
    [InlineData("nothing=1", "may belong to another organization")]
    public async Task Person_WhenTheProviderSendsThemBackWithoutACode_ReadsWhyAndCanTryAgain(string answer, string words)
    {
        using TestBrowser browser = await DepartedAsync();
        string state = State(browser);

        await browser.OpenAsync($"/connect/callback?{answer}&state={Uri.EscapeDataString(state)}");

        Assert.EndsWith("/returned", browser.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(words, browser.Html, StringComparison.Ordinal);
        Assert.Contains("Try again", browser.Html, StringComparison.Ordinal);
        await browser.OpenAsync($"/connect/{browser.RequestId}/login?provider=office365");
        Assert.Equal("login.test", browser.Location.Host);
        Assert.NotEqual(state, State(browser));
    }

    [Theory]
    [InlineData(ProviderFaultKind.ScopeMissing, "leave every box about calendars ticked")]
    [InlineData(ProviderFaultKind.Transient, "could not finish with the provider")]
    [InlineData(ProviderFaultKind.Throttled, "asks us to wait")]
    public async Task Person_WhenTheirCalendarsCannotBeReached_ReadsWhy(ProviderFaultKind fault, string words)
    {
        using TestBrowser browser = await DepartedAsync();
        host.Subscribed.FailNext(ProviderCallKind.Connect, fault);

        await browser.OpenAsync($"/connect/callback?code={NewUser()}&state={Uri.EscapeDataString(State(browser))}");

        Assert.Contains(words, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WayBack_WhenAnotherBrowserTakesIt_LeadsNowhere()
    {
        using TestBrowser browser = await DepartedAsync();
        using TestBrowser other = host.NewBrowser();
        await other.BeginAsync(await host.RegisterAsync());
        string back = $"/connect/callback?code={NewUser()}&state={Uri.EscapeDataString(State(browser))}";

        await other.OpenAsync(back);

        Assert.Equal(HttpStatusCode.Gone, other.Status);
        await browser.OpenAsync(back);
        Assert.EndsWith("/consent", browser.Location.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("req_00000000000000000000000000000000.x")]
    [InlineData("{request}.forged")]
    [InlineData("{request}.")]
    public async Task WayBack_WhenItsStateIsNotOurs_LeadsNowhere(string state)
    {
        using TestBrowser browser = await DepartedAsync();
        string request = State(browser).Split('.')[0];
        string text = state.Replace("{request}", request, StringComparison.Ordinal);

        await browser.OpenAsync($"/connect/callback?code={NewUser()}&state={Uri.EscapeDataString(text)}");

        Assert.Equal(HttpStatusCode.Gone, browser.Status);
    }

    [Fact]
    public async Task Relink_WhenTheSamePersonLogsInAgain_MendsTheConnectionWithItsIds()
    {
        string user = NewUser();
        string connectionId = GrainKeys.Connection(
            Keys, ProviderNames.Office365, "https://memory.test", $"/dav/{user}/");
        using TestBrowser browser = await DepartedAsync();
        await browser.OpenAsync($"/connect/callback?code={user}&state={Uri.EscapeDataString(State(browser))}");
        host.Subscribed.Tokens!.TakeBack(user);
        IConnectionGrain connection = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IConnectionGrain>(connectionId);
        await Eventually.HoldsAsync(
            async () =>
            {
                AccessLease lease = await connection.Lease(default);
                await connection.ReportFault(lease.TokenVersion, ProviderFaultKind.AuthDead, "401", null, default);
                return (await connection.Summary(default))!.State == ConnectionState.Disconnected;
            });

        using TestBrowser mender = host.NewBrowser();
        await mender.OpenAsync(RelinkLinks.For(Keys, host.Address.ToString().TrimEnd('/'), connectionId));
        Assert.Equal("login.test", mender.Location.Host);
        await mender.OpenAsync($"/connect/callback?code={NewUser()}&state={Uri.EscapeDataString(State(mender))}");
        Assert.Contains($"not with the account to reconnect. Nothing was changed. Try again and choose {user}.", mender.Html, StringComparison.Ordinal);

        await mender.OpenAsync($"/connect/{mender.RequestId}");
        await mender.OpenAsync($"/connect/callback?error=consent_required&state={Uri.EscapeDataString(State(mender))}");
        Assert.Contains("Ask your administrator, then try again.", mender.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("another account", mender.Html, StringComparison.OrdinalIgnoreCase);

        await mender.OpenAsync($"/connect/{mender.RequestId}");
        await mender.OpenAsync($"/connect/callback?code={user}&state={Uri.EscapeDataString(State(mender))}");

        Assert.EndsWith("/reconnected", mender.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Connected, (await connection.Summary(default))!.State);
    }

    private DerivedKeys Keys => host.Services.GetRequiredService<DerivedKeys>();

    private static string State(TestBrowser browser) => HttpUtility.ParseQueryString(browser.Location.Query)["state"]!;

    private string NewUser()
    {
        string user = $"grace{Interlocked.Increment(ref _count)}@example.test";
        host.Subscribed.AddCalendar(user, "Calendar");
        return user;
    }

    private async Task<TestBrowser> DepartedAsync()
    {
        TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(await host.RegisterAsync());
        await browser.OpenAsync($"/connect/{browser.RequestId}/login?provider=office365");
        return browser;
    }
}

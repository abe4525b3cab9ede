using System.Net;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Gateway.Tests.Pages;

[Collection(OneGateway.Name)]
public sealed class ConsentFlowTests(GatewayHost host)
{
    [Fact]
    public async Task Person_WhenNew_ChoosesConnectsAndSeesWhatTheyAllow()
    {
        string userName = NewLogin();
        TestApplication application = await host.RegisterAsync(name: "Planner & Co");
        using TestBrowser browser = host.NewBrowser();

        await browser.BeginAsync(application, "read_events create_event");
        Assert.EndsWith("/choose", browser.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Connect your calendar", browser.Html, StringComparison.Ordinal);
        foreach (string provider in new[] { "Google Calendar", "Microsoft 365 or Outlook", "Apple iCloud", "Fastmail", "Nextcloud", "Another CalDAV server" })
        {
            Assert.Contains(provider, browser.Html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Outlook.com", browser.Html, StringComparison.Ordinal);
        await browser.ConnectAsync(userName);

        Assert.EndsWith("/consent", browser.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Allow Planner & Co to use your calendar?", browser.Html, StringComparison.Ordinal);
        Assert.Contains(userName, browser.Html, StringComparison.Ordinal);
        Assert.Contains("Home", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Holidays", browser.Html, StringComparison.Ordinal);
        Assert.Contains("see all your events", browser.Html, StringComparison.Ordinal);
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");
        Assert.Equal(HttpStatusCode.SeeOther, browser.Status);
        Assert.StartsWith("ac_", browser.Answer("code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Person_WhenTheyDeny_GoesBackWithAccessDenied()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application, more: "&state=x");

        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=deny");

        Assert.Equal("access_denied", browser.Answer("error"));
        Assert.Equal("x", browser.Answer("state"));
        Assert.Null(browser.Answer("code"));
        Assert.NotNull(browser.Answer("iss"));
    }

    [Theory]
    [InlineData(ProviderFaultKind.AuthDead, "did not accept this user name and password")]
    [InlineData(ProviderFaultKind.Transient, "cannot reach this server")]
    [InlineData(ProviderFaultKind.NotAProvider, "not a CalDAV server")]
    [InlineData(ProviderFaultKind.AddressNotAllowed, "may not be contacted from here")]
    [InlineData(ProviderFaultKind.ScopeMissing, "does not let this login use your calendars")]
    [InlineData(ProviderFaultKind.Throttled, "asks us to wait")]
    public async Task Login_WhenItFails_IsAnsweredOnTheFormInPlainWords(ProviderFaultKind fault, string words)
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application, more: "&provider_name=caldav");
        host.Provider.FailNext(ProviderCallKind.Connect, fault);

        await browser.SendAsync(
            browser.Location.PathAndQuery, ("server", "memory.test"), ("user", "ada"), ("password", "very secret"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("role=\"alert\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains(words, browser.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"memory.test\"", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("very secret", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_WhenFieldsAreEmpty_NamesEachAndCallsNobody()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application, more: "&provider_name=nextcloud");
        int calls = host.Provider.Calls.Length;

        await browser.SendAsync(browser.Location.PathAndQuery);

        Assert.Contains("Enter the server address.", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Enter your user name.", browser.Html, StringComparison.Ordinal);
        Assert.Contains("Enter your password.", browser.Html, StringComparison.Ordinal);
        Assert.Equal(calls, host.Provider.Calls.Length);
    }

    [Theory]
    [InlineData("login?provider=caldav")]
    [InlineData("owner")]
    [InlineData("consent?handler=allow")]
    [InlineData("consent?handler=deny")]
    public async Task Form_WhenItsTokenIsMissing_IsRefused(string page)
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application);

        await browser.ForgeAsync(
            $"/connect/{browser.RequestId}/{page}", ("server", "memory.test"), ("user", "u"), ("password", "p"));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Please send the form again", browser.Html, StringComparison.Ordinal);
        await browser.OpenAsync($"/connect/{browser.RequestId}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Fact]
    public async Task Request_WhenOpenedInAnotherBrowser_ShowsNothing()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        using TestBrowser other = host.NewBrowser();
        await browser.BeginAsync(application);
        await browser.ConnectAsync();
        await other.BeginAsync(application);

        foreach (string page in new[] { "", "/choose", "/login?provider=caldav", "/consent", "/owner", "/reconnected" })
        {
            await other.OpenAsync($"/connect/{browser.RequestId}{page}");
            Assert.Equal(HttpStatusCode.Gone, other.Status);
            Assert.DoesNotContain(GatewayHost.UserName, other.Html, StringComparison.Ordinal);
        }

        await other.OpenAsync("/connect/req_00000000000000000000000000000000");
        Assert.Equal(HttpStatusCode.Gone, other.Status);
    }

    [Fact]
    public async Task Request_WhenFifteenMinutesOld_HasExpired()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application);
        await browser.ConnectAsync();

        host.Time.Shift = TimeSpan.FromMinutes(15);
        try
        {
            await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }

        Assert.Equal(HttpStatusCode.Gone, browser.Status);
        Assert.Contains("<h1>This link has expired", browser.Html, StringComparison.Ordinal);
        Assert.Contains("<title>This link has expired", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WhenAllowedTwice_GivesOneCode()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application);
        await browser.ConnectAsync();
        string path = $"/connect/{browser.RequestId}/consent?handler=allow";
        string form = browser.Html;
        await browser.SendAsync(path);
        Assert.NotNull(browser.Answer("code"));
        Assert.NotEmpty(form);

        await browser.OpenAsync(host.Address + path[1..]);

        Assert.Equal(HttpStatusCode.Gone, browser.Status);
    }

    [Fact]
    public async Task Consent_WhenNoLoginWasProved_GivesNoCode()
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application);

        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");

        Assert.Equal(HttpStatusCode.Gone, browser.Status);
        Assert.Null(browser.Answer("code"));
    }

    [Fact]
    public async Task Browser_WhenItConnectedBefore_GoesStraightToConsentForEveryApplication()
    {
        string userName = NewLogin();
        TestApplication first = await host.RegisterAsync();
        TestApplication second = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(first);
        await browser.ConnectAsync(userName);
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");

        await browser.OpenAsync(host.Address.ToString());
        await browser.BeginAsync(second);

        Assert.EndsWith("/consent", browser.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(userName, browser.Html, StringComparison.Ordinal);
        Assert.Contains("Connect another calendar", browser.Html, StringComparison.Ordinal);

        await browser.BeginAsync(second, more: "&avoid_linking=True");
        Assert.EndsWith("/choose", browser.Location.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondLogin_WhenConnectedInTheSameBrowser_JoinsTheSameAccount()
    {
        string one = NewLogin();
        string two = NewLogin();
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application);
        await browser.ConnectAsync(one);
        await browser.ConnectAsync(two);

        Assert.Contains(one, browser.Html, StringComparison.Ordinal);
        Assert.Contains(two, browser.Html, StringComparison.Ordinal);

        await browser.BeginAsync(application, more: "&avoid_linking=1");
        string three = NewLogin();
        await browser.ConnectAsync(three);
        Assert.Contains(three, browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(one, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_WhenItIsAnotherAccounts_AsksBeforeItGoesOnAsTheOwner()
    {
        string shared = NewLogin();
        string own = NewLogin();
        TestApplication application = await host.RegisterAsync();
        using TestBrowser owner = host.NewBrowser();
        await owner.BeginAsync(application);
        await owner.ConnectAsync(shared);
        using TestBrowser other = host.NewBrowser();
        await other.BeginAsync(application);
        await other.ConnectAsync(own);

        await other.OpenAsync($"/connect/{other.RequestId}/login?provider=caldav");
        await other.SendAsync(
            other.Location.PathAndQuery, ("server", "memory.test"), ("user", shared), ("password", GatewayHost.Password));

        Assert.EndsWith("/owner", other.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("already connected", other.Html, StringComparison.Ordinal);
        await other.SendAsync(other.Location.PathAndQuery);
        Assert.EndsWith("/consent", other.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(shared, other.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(own, other.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RelinkUrl_WhenTheSameLoginIsGiven_ReconnectsIt()
    {
        string userName = NewLogin();
        string other = NewLogin();
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application);
        await browser.ConnectAsync(userName);
        DerivedKeys keys = host.Services.GetRequiredService<DerivedKeys>();
        string connectionId = Grains.Interfaces.GrainKeys.Connection(
            keys, "caldav", "https://memory.test", $"/dav/{userName}/");
        string link = RelinkLinks.For(keys, "", connectionId);
        using TestBrowser anywhere = host.NewBrowser();

        await anywhere.OpenAsync(link);
        Assert.EndsWith("/login", anywhere.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains($"Reconnect {userName}", anywhere.Html, StringComparison.Ordinal);
        Assert.Contains($"name=\"user\" value=\"{userName}\"", anywhere.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("memory.test", anywhere.Html, StringComparison.Ordinal);
        string form = anywhere.Location.PathAndQuery;
        await anywhere.SendAsync(form, ("server", "memory.test"), ("user", other), ("password", GatewayHost.Password));
        Assert.Contains("not the calendar account to reconnect", anywhere.Html, StringComparison.Ordinal);
        await anywhere.SendAsync(form, ("server", "memory.test"), ("user", userName), ("password", GatewayHost.Password));

        Assert.EndsWith("/reconnected", anywhere.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("connected again", anywhere.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/relink/pro_000000000000000000000000.AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/relink/pro_000000000000000000000000")]
    [InlineData("/relink/x")]
    public async Task RelinkUrl_WhenWeDidNotMakeIt_SaysSo(string link)
    {
        using TestBrowser browser = host.NewBrowser();

        await browser.OpenAsync(link);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Contains("This link does not work", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhenServed_KeepsOutFramesScriptsAndCaches()
    {
        TestApplication application = await host.RegisterAsync();
        using HttpResponseMessage response = await host.Http.GetAsync(
            $"/oauth/authorize?client_id={application.ClientId}");

        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("form-action", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    private string NewLogin()
    {
        string userName = $"person{Interlocked.Increment(ref _logins)}@example.test";
        host.AddLogin(userName);
        return userName;
    }

    private static int _logins;
}

using System.Net;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.Machine;
using Microsoft.Playwright;

namespace CalendarActors.Gateway.Tests.Pages;

[Collection(OneGateway.Name)]
public sealed class PermissionPageTests(GatewayHost host)
{
    [Fact]
    public async Task Page_WhenThePersonOpensIt_NamesTheApplicationTheCalendarsAndWhatItMay()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);

        await scene.Browser.OpenAsync(await scene.AskAsync());

        Assert.Equal(HttpStatusCode.OK, scene.Browser.Status);
        Assert.Contains("<h1>Allow Planner & Co to change your other events?</h1>", scene.Browser.Html, StringComparison.Ordinal);
        Assert.Contains("change meetings that somebody else called", scene.Browser.Html, StringComparison.Ordinal);
        Assert.Contains("<li>Home</li>", scene.Browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Holidays", scene.Browser.Html, StringComparison.Ordinal);
        Assert.Contains(">Allow</button>", scene.Browser.Html, StringComparison.Ordinal);
        Assert.Contains(">Deny</button>", scene.Browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Person_WhenTheyDecide_GoesBackAndTheRequestHasEnded()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        string denied = await scene.AskAsync();
        await scene.Browser.OpenAsync(denied);
        await scene.Browser.SendAsync($"{denied}?handler=deny");
        Assert.Equal((HttpStatusCode.SeeOther, "access_denied"), (scene.Browser.Status, scene.Browser.Answer("error")));
        Assert.Equal("sandbox", await scene.LevelAsync());
        await scene.Browser.OpenAsync(denied);
        Assert.Equal(HttpStatusCode.Gone, scene.Browser.Status);

        string allowed = await scene.AskAsync();
        await scene.Browser.OpenAsync(allowed);
        await scene.Browser.SendAsync($"{allowed}?handler=allow");
        Assert.Equal(scene.Application.RedirectUri, scene.Browser.Location.ToString());
        Assert.Equal("unrestricted", await scene.LevelAsync());
        await scene.Browser.OpenAsync(allowed);
        Assert.Equal(HttpStatusCode.Gone, scene.Browser.Status);
    }

    [Fact]
    public async Task Page_InAnotherPersonsBrowser_TellsNothingAndDecidesNothing()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        using ExternalScene other = await ExternalScene.OpenAsync(host);
        string url = await scene.AskAsync();

        await other.Browser.OpenAsync(url);
        Assert.Contains("Show that it is you", other.Browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Planner", other.Browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.UserName, other.Browser.Html, StringComparison.Ordinal);
        await other.Browser.SendAsync($"{url}?handler=allow");
        Assert.Equal(HttpStatusCode.Gone, other.Browser.Status);
        await other.Browser.OpenAsync(url);
        await other.Browser.SendAsync($"{url}?handler=deny");
        Assert.Equal(HttpStatusCode.Gone, other.Browser.Status);

        Assert.Equal("sandbox", await scene.LevelAsync());
        await scene.Browser.OpenAsync(url);
        Assert.Equal(HttpStatusCode.OK, scene.Browser.Status);
    }

    [Fact]
    public async Task Person_InABrowserThatIsNotKnown_SignsInAndComesBack()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        using TestBrowser fresh = host.NewBrowser();
        string url = await scene.AskAsync();

        await fresh.OpenAsync(url);
        await fresh.SendAsync($"{url}?handler=signin");
        await fresh.ConnectAsync(scene.UserName);

        Assert.Equal(new Uri(url).AbsolutePath, fresh.Location.AbsolutePath);
        Assert.Contains("Allow Planner & Co to change", fresh.Html, StringComparison.Ordinal);
        await fresh.SendAsync($"{url}?handler=allow");
        Assert.Equal("unrestricted", await scene.LevelAsync());
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("deny")]
    [InlineData("signin")]
    public async Task Form_WhenItsTokenIsMissing_IsRefused(string handler)
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        string url = await scene.AskAsync();
        await scene.Browser.OpenAsync(url);

        await scene.Browser.ForgeAsync($"{url}?handler={handler}");

        Assert.Equal(HttpStatusCode.BadRequest, scene.Browser.Status);
        Assert.Equal("sandbox", await scene.LevelAsync());
    }

    [Fact]
    public async Task Request_WhenAnHourOldOrUnknown_HasExpired()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        string url = await scene.AskAsync();
        await scene.Browser.OpenAsync(url);
        host.Time.Shift = TimeSpan.FromMinutes(60);
        try
        {
            await scene.Browser.SendAsync($"{url}?handler=allow");
            Assert.Equal(HttpStatusCode.Gone, scene.Browser.Status);
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }

        foreach (string id in new[] { "prm_00000000000000000000000000000000", "x", "..%2Fconnect", new string('a', 3000) })
        {
            await scene.Browser.OpenAsync($"/permissions/{id}");
            Assert.Equal(HttpStatusCode.Gone, scene.Browser.Status);
        }
    }

    [Fact]
    public async Task Request_WhenTheGrantEndedMeanwhile_AllowsNothing()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        string url = await scene.AskAsync();
        await scene.Browser.OpenAsync(url);
        using HttpResponseMessage revoked = await host.Http.PostAsync("/oauth/token/revoke", GatewayHost.Form(
            [("client_id", scene.Application.ClientId), ("client_secret", scene.Application.Secret), ("token", scene.Caller.AccessToken)]));

        await scene.Browser.SendAsync($"{url}?handler=allow");

        Assert.Equal(HttpStatusCode.Gone, scene.Browser.Status);
    }

    [TheoryNeeding("chromium")]
    [InlineData(1280, true)]
    [InlineData(320, false)]
    public async Task Page_InARealBrowser_FitsAndLeadsBack(int width, bool hasScript)
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        await using Chromium chromium = await Chromium.StartAsync(width, 640, hasScript, "light");
        IPage page = chromium.Page;

        await page.GotoAsync(await scene.AskAsync());
        await chromium.ShootAsync($"permissions-signin-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with your CalDAV server" }).ClickAsync();
        await page.GetByLabel("User name").WaitForAsync();
        await page.GetByLabel("Server address").FillAsync("memory.test");
        await page.GetByLabel("User name").FillAsync(scene.UserName);
        await page.GetByLabel("Password").FillAsync(GatewayHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Allow Planner & Co to change your other events?" }).WaitForAsync();
        await chromium.ShootAsync($"permissions-{width}");
        await chromium.PressUntilAsync("Allow");
        await page.Keyboard.PressAsync("Enter");
        await chromium.ArriveAsync(scene.Application.RedirectUri);
        Assert.Equal(scene.Application.RedirectUri, page.Url);
        Assert.Equal("unrestricted", await scene.LevelAsync());
        Assert.Empty(chromium.Refused);
    }
}

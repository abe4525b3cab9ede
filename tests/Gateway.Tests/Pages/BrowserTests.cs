using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.Machine;
using Microsoft.Playwright;

namespace CalendarActors.Gateway.Tests.Pages;

/// <summary>The pages in a real browser: wide and narrow, with the keyboard alone, without script.</summary>
[Collection(OneGateway.Name)]
public sealed class BrowserTests(GatewayHost host)
{
    [TheoryNeeding("chromium")]
    [InlineData(1280, 800, true, "light")]
    [InlineData(320, 640, true, "light")]
    [InlineData(320, 640, false, "light")]
    [InlineData(1280, 800, true, "dark")]
    public async Task Person_WhenTheyConnectAndAllow_GetsBackToTheApplication(int width, int height, bool hasScript, string scheme)
    {
        string shot = $"{width}{(hasScript ? "" : "-no-script")}-{scheme}";
        string userName = NewLogin(shot);
        TestApplication application = await host.RegisterAsync(name: "Meeting Planner");
        await using Chromium chromium = await Chromium.StartAsync(width, height, hasScript, scheme);
        IPage page = chromium.Page;

        await page.GotoAsync(AuthorizeUrl(application));
        await page.GetByRole(AriaRole.Heading, new() { Name = "Connect your calendar" }).WaitForAsync();
        await chromium.ShootAsync($"choose-{shot}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Nextcloud" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose another provider" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Apple iCloud" }).ClickAsync();
        await chromium.ShootAsync($"login-apple-{shot}");
        Assert.Equal(0, await page.GetByLabel("Server address").CountAsync());
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Another CalDAV server" }).ClickAsync();
        await page.GetByLabel("Server address").FillAsync("memory.test");
        await page.GetByLabel("User name").FillAsync(userName);
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await chromium.ShootAsync($"login-refused-{shot}");
        await page.GetByLabel("Password").FillAsync(GatewayHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { NameString = "Allow Meeting Planner to use your calendar?" }).WaitForAsync();
        await chromium.ShootAsync($"consent-{shot}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();

        // The content security policy let the form lead there.
        await chromium.ArriveAsync(application.RedirectUri);
        Assert.Contains("&code=ac_", page.Url, StringComparison.Ordinal);
        Assert.Empty(chromium.Refused);
    }

    [FactNeeding("chromium")]
    public async Task Person_WhenTheyUseOnlyTheKeyboard_ReachesEverything()
    {
        string userName = NewLogin("keyboard");
        TestApplication application = await host.RegisterAsync(name: "Meeting Planner");
        await using Chromium chromium = await Chromium.StartAsync(1280, 800, hasScript: true, "light");
        IPage page = chromium.Page;
        await page.GotoAsync(AuthorizeUrl(application));

        await chromium.PressUntilAsync("Another CalDAV server");
        await chromium.ShootAsync("keyboard-focus");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Server address").WaitForAsync();
        await chromium.PressUntilAsync("server");
        await page.Keyboard.TypeAsync("memory.test");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(userName);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(GatewayHost.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).WaitForAsync();
        await chromium.PressUntilAsync("Deny");
        await page.Keyboard.PressAsync("Enter");

        await chromium.ArriveAsync(application.RedirectUri);
        Assert.Contains("error=access_denied", page.Url, StringComparison.Ordinal);
    }

    [FactNeeding("chromium")]
    public async Task OtherPages_WhenShownNarrow_FitAndAreShot()
    {
        string shared = NewLogin("shared");
        TestApplication application = await host.RegisterAsync(name: "A planner with a very long name that nobody would ever choose");
        using (TestBrowser owner = host.NewBrowser())
        {
            await owner.BeginAsync(application);
            await owner.ConnectAsync(shared);
        }

        await using Chromium chromium = await Chromium.StartAsync(320, 640, hasScript: false, "light");
        IPage page = chromium.Page;
        await page.GotoAsync(AuthorizeUrl(application) + "&provider_name=nextcloud");
        await page.GetByLabel("Server address").FillAsync("memory.test");
        await page.GetByLabel("User name").FillAsync(shared);
        await page.GetByLabel("Password").FillAsync(GatewayHost.Password);
        await chromium.ShootAsync("login-nextcloud-320");
        await page.GotoAsync(page.Url.Replace("nextcloud", "caldav", StringComparison.Ordinal));
        await page.GetByLabel("Server address").FillAsync("memory.test");
        await page.GetByLabel("User name").FillAsync(shared);
        await page.GetByLabel("Password").FillAsync(GatewayHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue as its owner" }).WaitForAsync();
        await chromium.ShootAsync("owner-320");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue as its owner" }).ClickAsync();
        await chromium.ShootAsync("consent-long-name-320");
        await page.GotoAsync(host.Address + "connect/req_00000000000000000000000000000000");
        await chromium.ShootAsync("expired-320");
        await page.GotoAsync(host.Address + "oauth/authorize?client_id=nobody");
        await chromium.ShootAsync("unknown-application-320");
        await page.GotoAsync(host.Address + "relink/x");
        await chromium.ShootAsync("relink-gone-320");
    }

    [FactNeeding("chromium")]
    public async Task Documentation_WhenRead_AsksNobodyElse()
    {
        await using Chromium chromium = await Chromium.StartAsync(1280, 800, hasScript: true, "light");

        await chromium.Page.GotoAsync(host.Address + "docs");
        await chromium.Page.GetByText("Read who stands behind the access token").First.WaitForAsync();
        await chromium.ShootAsync("docs");

        Assert.All(chromium.Asked, url => Assert.StartsWith(host.Address.ToString(), url, StringComparison.Ordinal));
    }

    private static string AuthorizeUrlOf(Uri address, TestApplication application) =>
        $"{address}oauth/authorize?response_type=code&client_id={application.ClientId}"
        + $"&redirect_uri={Uri.EscapeDataString(application.RedirectUri)}&scope=read_events%20create_event%20delete_event&state=x";

    private string AuthorizeUrl(TestApplication application) => AuthorizeUrlOf(host.Address, application);

    private string NewLogin(string name)
    {
        string userName = $"{name}@browser.example.test";
        host.AddLogin(userName);
        return userName;
    }
}

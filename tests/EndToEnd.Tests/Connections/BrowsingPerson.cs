using Microsoft.Playwright;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>A person with the machine's own Chromium and no cookies yet.</summary>
internal sealed class BrowsingPerson : IAsyncDisposable
{
    private const int Narrow = 320;
    private const int Wide = 1280;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowsingPerson(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
    }

    public IPage Page { get; }

    public static async Task<BrowsingPerson> StartAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.LaunchAsync();
        IPage page = await browser.OpenAsync(new() { ViewportSize = new() { Width = Wide, Height = 800 } });
        await page.RouteAsync(Integrator.Callback + "**", route => route.FulfillAsync(new() { Body = "Thank you." }));
        return new BrowsingPerson(playwright, browser, page);
    }

    /// <summary>Waits until a page with this heading is there.</summary>
    public Task SeeAsync(string heading) => Page.GetByRole(AriaRole.Heading, new() { Name = heading }).WaitForAsync();

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>On a provider's page: signs in and allows everything.</summary>
    public async Task SignInAsync(SimulatedProvider provider, string email)
    {
        await Page.GetByRole(AriaRole.Radio, new() { Name = email }).CheckAsync();
        await PressAsync(provider.Accept);
    }

    /// <summary>From our list of providers to the application's page.</summary>
    public async Task<Uri> ConnectAsync(SimulatedProvider provider, string email)
    {
        await PressAsync(provider.Button);
        await SignInAsync(provider, email);
        return await AllowAsync();
    }

    /// <summary>The same with a CalDAV server.</summary>
    public async Task<Uri> ConnectAsync(Uri server, string userName, string password)
    {
        await PressAsync("Another CalDAV server");
        await Page.GetByLabel("Server address").FillAsync($"{server}");
        await Page.GetByLabel("User name").FillAsync(userName);
        await Page.GetByLabel("Password").FillAsync(password);
        await PressAsync("Connect");
        return await AllowAsync();
    }

    /// <summary>From our page that asks for it, which is the first one for who connected before, to the application's page.</summary>
    public async Task<Uri> AllowAsync()
    {
        await SeeAsync("Allow Planner to use your calendar?");
        await PressAsync("Allow");
        await Page.GetByText("Thank you.").WaitForAsync();
        return new Uri(Page.Url);
    }

    /// <summary>Fails when the page is wider than a small phone; keeps pictures where <c>CALENDARACTORS_SCREENSHOTS</c> names a folder.</summary>
    public async Task LookAsync(string name)
    {
        foreach (int width in new[] { Narrow, Wide })
        {
            await Page.SetViewportSizeAsync(width, 800);
            await Page.WaitForFunctionAsync("width => window.innerWidth === width", width);
            Assert.InRange(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
            if (Environment.GetEnvironmentVariable("CALENDARACTORS_SCREENSHOTS") is { Length: > 0 } folder)
            {
                await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

using CalendarActors.EndToEnd.Tests.Connections;
using Microsoft.Playwright;

namespace CalendarActors.EndToEnd.Tests.CalDav;

/// <summary>A person with the machine's own Chromium, who connects a CalDAV calendar and allows what is asked.</summary>
internal static class PersonInBrowser
{
    /// <summary>Goes from the authorization address to the application's page.</summary>
    /// <param name="address">What the application sent them to.</param>
    /// <param name="server">What they type as the server's address.</param>
    /// <param name="userName">Their login's name.</param>
    /// <param name="password">Their login's password.</param>
    /// <param name="callback">Answered by the test itself when given; else somebody listens there.</param>
    /// <returns>Where they ended.</returns>
    public static async Task<Uri> AllowAsync(string address, Uri server, string userName, string password, string? callback = null)
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.LaunchAsync();
        IPage page = await browser.OpenAsync();
        if (callback is not null)
        {
            await page.RouteAsync(callback + "**", route => route.FulfillAsync(new() { Body = "Thank you." }));
        }

        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Another CalDAV server" }).ClickAsync();
        await page.GetByLabel("Server address").FillAsync($"{server}");
        await page.GetByLabel("User name").FillAsync(userName);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.GetByText("Work", new() { Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.GetByText("Thank you.").WaitForAsync();
        return new Uri(page.Url);
    }
}

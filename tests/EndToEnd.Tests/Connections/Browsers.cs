using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;
using Microsoft.Playwright;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>The machine's own Chromium, which waits as long as every test does.</summary>
internal static class Browsers
{
    /// <summary>In milliseconds.</summary>
    private static readonly float Patience = (float)Eventually.Deadline.TotalMilliseconds;

    /// <summary>Starts it.</summary>
    public static Task<IBrowser> LaunchAsync(this IPlaywright playwright) => playwright.Chromium.LaunchAsync(
        new() { ExecutablePath = Installed.Find("chromium"), Args = ["--no-sandbox"], Timeout = Patience });

    /// <summary>A page without cookies.</summary>
    public static async Task<IPage> OpenAsync(this IBrowser browser, BrowserNewPageOptions? options = null)
    {
        IPage page = await browser.NewPageAsync(options);
        page.SetDefaultTimeout(Patience);
        return page;
    }
}

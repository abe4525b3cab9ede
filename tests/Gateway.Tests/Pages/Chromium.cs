using System.Collections.Concurrent;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;
using Microsoft.Playwright;

namespace CalendarActors.Gateway.Tests.Pages;

/// <summary>The machine's own Chromium, and pictures of what it shows in <c>artifacts/pages</c>.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>Milliseconds: a busy machine may take its time.</summary>
    private static readonly float Patience = (float)Eventually.Deadline.TotalMilliseconds;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly ConcurrentQueue<string> _asked = new();

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _refused.Enqueue(message.Text);
            }
        };
        page.Request += (_, request) => _asked.Enqueue(request.Url);
    }

    public IPage Page { get; }

    /// <summary>What the content security policy kept from working.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>Every address that was asked for.</summary>
    public IReadOnlyCollection<string> Asked => [.. _asked.Where(url => url.StartsWith("http", StringComparison.Ordinal))];

    public static async Task<Chromium> StartAsync(int width, int height, bool hasScript, string scheme)
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Installed.Find("chromium"), Args = ["--no-sandbox"], Timeout = Patience });
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = hasScript,
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(Patience);
        return new Chromium(playwright, browser, await context.NewPageAsync());
    }

    /// <summary>Takes a picture of the whole page, and fails when it is wider than the window.</summary>
    public async Task ShootAsync(string name)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
        {
            root = root.Parent;
        }

        string path = Path.Combine(root!.FullName, "artifacts", "pages", name + ".png");
        byte[] picture = await Page.ScreenshotAsync(new() { Path = path, FullPage = true });

        // Width of the picture, from the PNG's header.
        int width = (picture[18] << 8) | picture[19];
        Assert.Equal(Page.ViewportSize!.Width, width);
    }

    /// <summary>Tab until the element of this name or id has the focus, as a person would.</summary>
    public async Task PressUntilAsync(string name)
    {
        for (int i = 0; i < 30; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            string focused = await Page.EvaluateAsync<string>(
                "() => document.activeElement.id + '|' + document.activeElement.innerText.trim()");
            if (focused.Split('|').Contains(name, StringComparer.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"{name} cannot be reached with the keyboard at {Page.Url}.");
    }

    /// <summary>Waits until the browser is at an address that begins so.</summary>
    /// <remarks>Playwright's own waiting loses an arrival between its look and its listening (microsoft/playwright-dotnet#3364).</remarks>
    public Task ArriveAsync(string address) => Eventually.HoldsAsync(
        () => Task.FromResult(Page.Url.StartsWith(address, StringComparison.Ordinal)), otherwise: () => Page.Url);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;
using Microsoft.Playwright;

namespace CalendarActors.EndToEnd.Tests.Sandbox;

/// <summary>What a newcomer does: starts Standalone with <c>--sandbox</c>, connects, changes an event there, sees it here.</summary>
public sealed class SandboxTests
{
    internal const string Callback = "https://planner.example/callback";

    [TheoryNeeding("chromium")]
    [InlineData("Google (sandbox)", "Allow", "Deny", "Dentist")]
    [InlineData("Microsoft (sandbox)", "Accept", "Cancel", "Call with the bank")]
    public async Task Person_WhenTheyConnectASimulatedCalendar_SeesItsChangesArriveByNotification(
        string provider, string accept, string refuse, string title)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("calendaractors-sandbox");
        await using RunningNode node = await StartAsync(data);
        (string clientId, string secret) = await RegisterAsync(node);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.LaunchAsync();
        IPage page = await browser.OpenAsync();
        await page.RouteAsync(Callback + "**", route => route.FulfillAsync(new() { Body = "Thank you." }));

        // 1. They refuse at the provider, and read what happened.
        await page.GotoAsync($"{node.Address}oauth/authorize?response_type=code&client_id={clientId}"
            + $"&redirect_uri={Uri.EscapeDataString(Callback)}&scope=read_write");
        await ClickAsync(page, provider);
        await ClickAsync(page, refuse);
        await page.GetByText("Access was not allowed at the provider").WaitForAsync();
        await ShootAsync(page, provider, "refused");

        // 2. They leave the calendars out.
        await ClickAsync(page, "Try again");
        await ClickAsync(page, provider);
        foreach (ILocator box in await page.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await box.SetCheckedAsync((await box.EvaluateAsync<string>("b => b.closest('label').textContent")).Contains("User.Read", StringComparison.Ordinal));
        }

        await ClickAsync(page, accept);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your calendar is not connected" }).WaitForAsync();
        await ShootAsync(page, provider, "left-out");

        // 3. They allow everything.
        await ClickAsync(page, "Try again");
        await ClickAsync(page, provider);
        await ShootAsync(page, provider, "provider");
        await ClickAsync(page, accept);
        await page.GetByRole(AriaRole.Heading).First.WaitForAsync();
        await ShootAsync(page, provider, "consent");
        await ClickAsync(page, "Allow");
        await page.GetByText("Thank you.").WaitForAsync();
        string token = await ExchangeAsync(node, clientId, secret, HttpUtility.ParseQueryString(new Uri(page.Url).Query)["code"]!);
        await Eventually.HoldsAsync(async () => (await TitlesAsync(node, token)).Contains(title, StringComparer.Ordinal));

        // 4. They rename an event on the provider's page: polls are five minutes apart, so it is a notification that brings it.
        string simulator = provider.StartsWith("Google", StringComparison.Ordinal) ? "simulated Google at " : "simulated Microsoft at ";
        int start = node.Output.IndexOf(simulator, StringComparison.Ordinal) + simulator.Length;
        await page.GotoAsync(node.Output[start..].Split(' ', ';')[0]);
        await ShootAsync(page, provider, "simulator");
        ILocator item = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = title }).First;
        await item.GetByText("Change").First.ClickAsync();
        await item.GetByLabel("Title").FillAsync("Renamed there");
        await item.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Eventually.HoldsAsync(async () => (await TitlesAsync(node, token)).Contains("Renamed there", StringComparer.Ordinal));

        // 5. The operator sees that it is watched, and how long the change took.
        string connections = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                using HttpResponseMessage health = await node.OperateAsync(HttpMethod.Get, "/operator/connections");
                connections = await health.Content.ReadAsStringAsync();
                JsonElement[] calendars = [.. JsonSerializer.Deserialize<JsonElement>(connections).GetProperty("connections")
                    .EnumerateArray().SelectMany(c => c.GetProperty("calendars").EnumerateArray())];
                return calendars.All(c => c.GetProperty("watch").GetString() == "watched")
                    && calendars.Any(c => c.TryGetProperty("lag_seconds", out JsonElement lag) && lag.GetDouble() is >= 0 and < 60);
            },
            otherwise: () => connections);

        Assert.DoesNotContain("Renamed there", node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox.example", node.Output, StringComparison.Ordinal);
    }

    internal static Task<RunningNode> StartAsync(DirectoryInfo data) => RunningNode.StartAsync(
        "Standalone",
        data.FullName,
        new Dictionary<string, string>
        {
            ["CalendarActors:Sandbox:GooglePort"] = "0",
            ["CalendarActors:Sandbox:MicrosoftPort"] = "0",
            ["CalendarActors:Sync:PollInterval"] = "00:05:00",
            ["CalendarActors:Outbound:AllowPrivateNetworks"] = "false",
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
        },
        "--sandbox");

    internal static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>For looking at: only where <c>CALENDARACTORS_SCREENSHOTS</c> names a folder.</summary>
    internal static async Task ShootAsync(IPage page, string provider, string name)
    {
        if (Environment.GetEnvironmentVariable("CALENDARACTORS_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{provider.Split(' ')[0]}-{name}.png"), FullPage = true });
        }
    }

    internal static async Task<(string ClientId, string Secret)> RegisterAsync(RunningNode node)
    {
        using HttpResponseMessage made = await node.OperateAsync(
            HttpMethod.Post, "/operator/applications", JsonContent.Create(new { name = "Planner", redirect_uris = new[] { Callback } }));
        JsonElement body = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("client_id").GetString()!, body.GetProperty("client_secret").GetString()!);
    }

    internal static async Task<string> ExchangeAsync(RunningNode node, string clientId, string secret, string code)
    {
        using HttpResponseMessage response = await node.Http.PostAsJsonAsync("/oauth/token", new
        {
            client_id = clientId,
            client_secret = secret,
            grant_type = "authorization_code",
            code,
            redirect_uri = Callback,
        });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static async Task<string[]> TitlesAsync(RunningNode node, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events?tzid=Etc/UTC");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await node.Http.SendAsync(request);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return [.. body.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("summary").GetString()!)];
    }
}

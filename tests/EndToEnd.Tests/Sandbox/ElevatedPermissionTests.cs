using System.Net;
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

/// <summary>A person lets an application change an event that it did not make, and finds it changed at their provider.</summary>
public sealed class ElevatedPermissionTests
{
    [TheoryNeeding("chromium")]
    [InlineData("Google (sandbox)", "Allow", "Dentist", "simulated Google at ")]
    [InlineData("Microsoft (sandbox)", "Accept", "Call with the bank", "simulated Microsoft at ")]
    public async Task Person_WhenTheyAllowIt_FindsTheirEventChangedAtTheirProvider(
        string provider, string accept, string title, string simulator)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("calendaractors-elevated");
        await using RunningNode node = await SandboxTests.StartAsync(data);
        (string clientId, string secret) = await SandboxTests.RegisterAsync(node);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.LaunchAsync();
        IPage page = await browser.OpenAsync();
        await page.RouteAsync(SandboxTests.Callback + "**", route => route.FulfillAsync(new() { Body = "Thank you." }));

        // 1. They connect, and the application sees an event that it may not change.
        await page.GotoAsync($"{node.Address}oauth/authorize?response_type=code&client_id={clientId}"
            + $"&redirect_uri={Uri.EscapeDataString(SandboxTests.Callback)}&scope=read_write");
        await SandboxTests.ClickAsync(page, provider);
        await SandboxTests.ClickAsync(page, accept);
        await page.GetByRole(AriaRole.Heading).First.WaitForAsync();
        await SandboxTests.ClickAsync(page, "Allow");
        await page.GetByText("Thank you.").WaitForAsync();
        string token = await SandboxTests.ExchangeAsync(
            node, clientId, secret, HttpUtility.ParseQueryString(new Uri(page.Url).Query)["code"]!);
        await Eventually.HoldsAsync(async () => await FindAsync(node, token, title) is not null);
        JsonElement before = (await FindAsync(node, token, title))!.Value;
        Assert.False(before.GetProperty("options").GetProperty("update").GetBoolean());
        string calendarId = before.GetProperty("calendar_id").GetString()!;

        // 2. It asks, and they allow it.
        using HttpResponseMessage asked = await SendAsync(node, token, HttpMethod.Post, "/v1/permissions", new
        {
            permissions = new[] { new { calendar_id = calendarId, permission_level = "unrestricted" } },
            redirect_uri = SandboxTests.Callback,
        });
        await page.GotoAsync((await asked.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("permissions_request").GetProperty("url").GetString()!);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Allow Planner to change your other events?" }).WaitForAsync();
        foreach (int width in new[] { 1280, 320 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await SandboxTests.ShootAsync(page, provider, $"permissions-{width}");
        }

        await SandboxTests.ClickAsync(page, "Allow");
        await page.GetByText("Thank you.").WaitForAsync();
        Assert.DoesNotContain("error", page.Url, StringComparison.Ordinal);
        JsonElement allowed = (await FindAsync(node, token, title))!.Value;
        Assert.True(allowed.GetProperty("options").GetProperty("update").GetBoolean());

        // 3. It changes the event, and the provider has it so.
        using HttpResponseMessage changed = await SendAsync(node, token, HttpMethod.Post, $"/v1/calendars/{calendarId}/events", new
        {
            event_uid = before.GetProperty("event_uid").GetString(),
            summary = "Moved by the planner",
            start = before.GetProperty("start").GetString(),
            end = before.GetProperty("end").GetString(),
        });
        Assert.Equal(HttpStatusCode.Accepted, changed.StatusCode);
        int start = node.Output.IndexOf(simulator, StringComparison.Ordinal) + simulator.Length;
        string there = node.Output[start..].Split(' ', ';')[0];
        await Eventually.HoldsAsync(async () =>
        {
            await page.GotoAsync(there);
            return await page.GetByText("Moved by the planner").CountAsync() > 0;
        });
    }

    private static async Task<JsonElement?> FindAsync(RunningNode node, string token, string title)
    {
        using HttpResponseMessage response = await SendAsync(node, token, HttpMethod.Get, "/v1/events?tzid=Etc/UTC", null);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("events").EnumerateArray().Cast<JsonElement?>()
            .FirstOrDefault(e => e!.Value.GetProperty("summary").GetString() == title);
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningNode node, string token, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await node.Http.SendAsync(request);
    }
}

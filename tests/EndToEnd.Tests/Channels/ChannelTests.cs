using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CalendarActors.EndToEnd.Tests.CalDav;
using CalendarActors.EndToEnd.Tests.Cluster;
using CalendarActors.EndToEnd.Tests.Sdk;
using CalendarActors.TestKit.CalDavServers;
using CalendarActors.TestKit.Callbacks;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Channels;

/// <summary>An application is told, by the whole of it: Standalone, real callbacks, the official SDK.</summary>
public sealed partial class ChannelTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("calendaractors-channel");

    public void Dispose() => _data.Delete(recursive: true);

    [FactNeeding("node", "npm", "radicale", "chromium")]
    public async Task Person_WhenTheyChangeTheirCalendar_IsToldToTheApplicationThatListens()
    {
        await using CalDavCalendar calendar = await CalDavCalendar.StartAsync(new RadicaleServer());
        await calendar.StoreAsync("dentist", "Dentist", TimeProvider.System.GetUtcNow().AddDays(2));
        await using RunningNode node = await RunningNode.StartAsync("Standalone", _data.FullName, new Dictionary<string, string>
        {
            ["CalendarActors:Sync:PollInterval"] = "00:00:01",
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
        });
        await using NodeScript script = await NodeScript.StartAsync("channel.mjs", node);

        await PersonInBrowser.AllowAsync(await script.LineAsync(Question()), calendar.Address, calendar.UserName, calendar.Password);
        await script.LineAsync(Ready());
        await calendar.RenameAsync("Dentist", "Dentist at noon");

        string output = await script.EndAsync();
        Assert.Contains("It is \"Dentist at noon\"", output, StringComparison.Ordinal);
        Assert.Contains("The application was told.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("for=planner", node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Dentist", node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standalone_WhenKilledWhileACallbackRefuses_TellsItAfterwardsByTheSameId()
    {
        await using HookListener hook = new();
        hook.Status = 503;
        string token;
        await using (RunningNode node = await RunningNode.StartAsync("Standalone", _data.FullName))
        {
            token = (await ApplicationCalendar.OpenAsync(node)).AccessToken;
            using HttpResponseMessage made = await PostAsync(node, token, "/v1/channels", new { callback_url = hook.Url });
            string id = (await made.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>())
                .GetProperty("channel").GetProperty("channel_id").GetString()!;
            (await PostAsync(node, token, $"/v1/channels/{id}/settings", new { standard_webhooks = true })).Dispose();
            await hook.ComeAsync(2);
            await node.KillAsync();
        }

        int before = hook.Calls.Count;
        hook.Status = 200;
        await using RunningNode restarted = await RunningNode.StartAsync("Standalone", _data.FullName);
        await hook.ComeAsync(before + 1);

        HookCall[] calls = [.. hook.Calls];
        Assert.Single(calls.Select(c => c.Body).Distinct(StringComparer.Ordinal));
        Assert.Single(calls.Select(c => c.Headers["Cronofy-HMAC-SHA256"]).Distinct(StringComparer.Ordinal));
        Assert.Single(calls.Select(c => c.Headers.GetValueOrDefault("webhook-id")).OfType<string>().Distinct(StringComparer.Ordinal));
        Assert.DoesNotContain("callback-canary", restarted.Output, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(RunningNode node, string token, string path, object body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response = await node.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return response;
    }

    [GeneratedRegex("Open this in a browser: (.*)", RegexOptions.None, 1000)]
    private static partial Regex Question();

    [GeneratedRegex("(Now change an event)", RegexOptions.None, 1000)]
    private static partial Regex Ready();
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.CalDavServers;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.Gateway.Tests.Pages;

/// <summary>The login form against a real CalDAV server, through Standalone as a process.</summary>
public sealed class RealServerTests
{
    private const string RedirectUri = "http://127.0.0.1:24998/callback";

    [FactNeeding("radicale")]
    public async Task Login_WhenTheServerIsReal_IsRefusedInPlainWordsOrConnected()
    {
        await using var server = new RadicaleServer();
        await server.StartAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-real");
        await using RunningNode node = await RunningNode.StartAsync("Standalone", folder.FullName);
        using HttpResponseMessage registered = await node.OperateAsync(
            HttpMethod.Post, "/operator/applications", JsonContent.Create(new { name = "Planner", redirect_uris = new[] { RedirectUri } }));
        JsonElement application = await registered.Content.ReadFromJsonAsync<JsonElement>();
        (string clientId, string secret) =
            (application.GetProperty("client_id").GetString()!, application.GetProperty("client_secret").GetString()!);
        using var http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }, disposeHandler: true);
        using var browser = new TestBrowser(http, node.Address);
        await browser.OpenAsync(
            $"/oauth/authorize?response_type=code&client_id={clientId}&redirect_uri={RedirectUri}&scope=read_write&provider_name=caldav");
        string form = browser.Location.PathAndQuery;

        await browser.SendAsync(form, ("server", $"{server.Address}"), ("user", server.UserName), ("password", "wrong"));
        Assert.Contains("did not accept this user name and password", browser.Html, StringComparison.Ordinal);
        await browser.SendAsync(form, ("server", $"http://127.0.0.1:{RunningNode.FreePort()}"), ("user", server.UserName), ("password", "x"));
        Assert.Contains("cannot reach this server", browser.Html, StringComparison.Ordinal);
        await browser.SendAsync(form, ("server", $"{node.Address}"), ("user", server.UserName), ("password", "x"));
        Assert.Contains("not a CalDAV server", browser.Html, StringComparison.Ordinal);
        await browser.SendAsync(form, ("server", $"{server.Address}"), ("user", server.UserName), ("password", server.Password));
        Assert.EndsWith("/consent", browser.Location.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(server.UserName, browser.Html, StringComparison.Ordinal);
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");

        using FormUrlEncodedContent exchange = GatewayHost.Form(
        [
            ("client_id", clientId), ("client_secret", secret), ("grant_type", "authorization_code"),
            ("code", browser.Answer("code")!), ("redirect_uri", RedirectUri),
        ]);
        using HttpResponseMessage exchanged = await node.Http.PostAsync("/oauth/token", exchange);
        JsonElement tokens = await exchanged.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(server.UserName, $"{await CallAsync(HttpMethod.Get, "/v1/userinfo")}", StringComparison.Ordinal);

        // A calendar that an application makes is there for the person's own programs, and for writing at once.
        string profileId = (await CallAsync(HttpMethod.Get, "/v1/profiles")).GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;
        JsonElement made = (await CallAsync(HttpMethod.Post, "/v1/calendars", new { profile_id = profileId, name = "Reisen & Züge", color = "#49BED8" }))
            .GetProperty("calendar");
        Assert.Equal(("Reisen & Züge", profileId), (made.GetProperty("calendar_name").GetString(), made.GetProperty("profile_id").GetString()));
        JsonElement listed = (await CallAsync(HttpMethod.Get, "/v1/calendars")).GetProperty("calendars").EnumerateArray()
            .Single(c => c.GetProperty("calendar_id").GetString() == made.GetProperty("calendar_id").GetString());
        Assert.False(listed.GetProperty("calendar_readonly").GetBoolean());
        OtherClient other = new(server.UserName, server.Password);
        using HttpResponseMessage properties = await other.SendAsync(
            "PROPFIND",
            server.Home,
            "<propfind xmlns='DAV:'><prop><displayname/></prop></propfind>",
            "application/xml",
            KeyValuePair.Create("Depth", "1"));
        Assert.Contains("<displayname>Reisen &amp; Züge</displayname>", await properties.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Password, node.Output, StringComparison.Ordinal);

        async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
            using HttpResponseMessage response = await node.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    [Fact]
    public async Task Login_WhenPrivateNetworksAreClosed_SaysThatTheAddressIsNotAllowed()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-closed");
        await using RunningNode node = await RunningNode.StartAsync(
            "Standalone",
            folder.FullName,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["CalendarActors:Outbound:AllowPrivateNetworks"] = "false" });
        using HttpResponseMessage registered = await node.OperateAsync(
            HttpMethod.Post, "/operator/applications", JsonContent.Create(new { name = "Planner", redirect_uris = new[] { RedirectUri } }));
        JsonElement application = await registered.Content.ReadFromJsonAsync<JsonElement>();
        using var http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }, disposeHandler: true);
        using var browser = new TestBrowser(http, node.Address);
        await browser.OpenAsync(
            $"/oauth/authorize?response_type=code&client_id={application.GetProperty("client_id").GetString()}"
            + $"&redirect_uri={RedirectUri}&scope=read_write&provider_name=caldav");
        string form = browser.Location.PathAndQuery;

        foreach (string server in new[] { "https://127.0.0.1/", "https://localhost/", "https://169.254.169.254/", "https://[::1]/" })
        {
            await browser.SendAsync(form, ("server", server), ("user", "u"), ("password", "p"));
            Assert.Contains("may not be contacted from here", browser.Html, StringComparison.Ordinal);
        }
    }
}

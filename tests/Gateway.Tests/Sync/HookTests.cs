using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Web;
using CalendarActors.Domain.Providers;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Gateway.Tests.Sync;

[Collection(OneGateway.Name)]
public sealed class HookTests(GatewayHost host)
{
    private static int _count;

    [Theory]
    [InlineData("/hooks/microsoft")]
    [InlineData("/hooks/microsoft/lifecycle")]
    public async Task Handshake_WhenGraphAsks_IsEchoedAsPlainText(string hook)
    {
        using HttpResponseMessage response = await host.Http.PostAsync(
            hook + "?validationToken=" + Uri.EscapeDataString("Validation: <b>Testing</b> client & more"), null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("Validation: <b>Testing</b> client & more", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/hooks/microsoft?validationToken=")]
    [InlineData("/hooks/microsoft?validationToken=a&validationToken=b")]
    public async Task Handshake_WhenThereIsNoOneToken_IsRefused(string hook)
    {
        using HttpResponseMessage response = await host.Http.PostAsync(hook, null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"value\":7}")]
    [InlineData("{}")]
    public async Task Microsoft_WhenTheBodyIsNone_IsRefused(string body)
    {
        using HttpResponseMessage response = await host.Http.PostAsync(
            "/hooks/microsoft", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Microsoft_WhenOneOfManyIsOurs_PullsItsCalendar()
    {
        (InMemoryCalendar calendar, WatchRequest watch) = await ConnectedAsync(host.Subscribed, "office365");
        int before = Pulls(host.Subscribed, calendar);
        object?[] many =
        [
            null,
            new { subscriptionId = "other", clientState = "wh_forged", changeType = "updated" },
            new { subscriptionId = "s", clientState = watch.Secret, changeType = "updated", resource = "me/events/x" },
            new { subscriptionId = "s", clientState = watch.Secret, changeType = "deleted" },
            new { },
        ];

        using HttpResponseMessage response = await host.Http.PostAsJsonAsync(watch.Address.PathAndQuery, new { value = many });

        Assert.Equal("/hooks/microsoft", watch.Address.AbsolutePath);
        Assert.Equal("/hooks/microsoft/lifecycle", watch.LifecycleAddress.AbsolutePath);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Eventually.HoldsAsync(() => Task.FromResult(Pulls(host.Subscribed, calendar) > before));
    }

    [Fact]
    public async Task Google_WhenItsTokenIsOurs_PullsItsCalendar()
    {
        (InMemoryCalendar calendar, WatchRequest watch) = await ConnectedAsync(host.Pushed, "google");
        int before = Pulls(host.Pushed, calendar);

        Assert.Equal("/hooks/google", watch.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.NoContent, await GoogleAsync(watch.Secret, "exists"));
        await Eventually.HoldsAsync(() => Task.FromResult(Pulls(host.Pushed, calendar) > before));
    }

    [Fact]
    public async Task Google_WhenItsTokenIsOfAList_ListsItsCalendars()
    {
        (InMemoryCalendar calendar, _) = await ConnectedAsync(host.Pushed, "google");
        string list = InMemoryWatches.ListOf(calendar.Owner);
        await Eventually.HoldsAsync(() => Task.FromResult(host.Pushed.Watching!.Of(list).Length == 1));
        InMemoryCalendar second = host.Pushed.AddCalendar(calendar.Owner, "Second");

        Assert.Equal(HttpStatusCode.NoContent, await GoogleAsync(host.Pushed.Watching!.Of(list)[0].Request.Secret, "exists"));
        await Eventually.HoldsAsync(() => Task.FromResult(Pulls(host.Pushed, second) > 0));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guess")]
    [InlineData("changed")]
    [InlineData("access")]
    public async Task Google_WhenItsTokenIsNotOurs_IsDroppedWith2xx(string? kind)
    {
        (InMemoryCalendar calendar, WatchRequest watch) = await ConnectedAsync(host.Pushed, "google");
        int before = Pulls(host.Pushed, calendar);
        string? token = kind switch
        {
            "changed" => watch.Secret[..^1] + (watch.Secret[^1] == 'A' ? 'B' : 'A'),
            "access" => (await host.GrantAsync(await host.RegisterAsync())).GetProperty("access_token").GetString(),
            _ => kind,
        };

        Assert.Equal(HttpStatusCode.NoContent, await GoogleAsync(token, "exists"));

        // One of ours is heard after it, so the dropped one has had its time.
        Assert.Equal(HttpStatusCode.NoContent, await GoogleAsync(watch.Secret, "exists"));
        await Eventually.HoldsAsync(() => Task.FromResult(Pulls(host.Pushed, calendar) > before));
        Assert.Equal(before + 1, Pulls(host.Pushed, calendar));
    }

    [Fact]
    public async Task Notification_WhenStorageIsDown_IsAskedForAgain()
    {
        (_, WatchRequest watch) = await ConnectedAsync(host.Pushed, "google");
        HttpStatusCode status;
        await using (await host.BreakStorageAsync())
        {
            status = await GoogleAsync(watch.Secret, "exists");
        }

        Assert.True((int)status >= 500);
    }

    private static int Pulls(InMemoryCalendarProvider provider, InMemoryCalendar calendar) =>
        provider.Calls.Count(c => c.Kind == ProviderCallKind.Pull && c.CalendarId == calendar.Id);

    private async Task<HttpStatusCode> GoogleAsync(string? token, string state)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/google");
        request.Headers.Add("X-Goog-Channel-ID", "channel");
        request.Headers.Add("X-Goog-Resource-ID", "resource");
        request.Headers.Add("X-Goog-Resource-State", state);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Goog-Channel-Token", token);
        }

        using HttpResponseMessage response = await host.Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>A person's calendar there, connected in a browser, watched and at rest.</summary>
    private async Task<(InMemoryCalendar Calendar, WatchRequest Watch)> ConnectedAsync(InMemoryCalendarProvider provider, string name)
    {
        string user = $"hook{Interlocked.Increment(ref _count)}@example.test";
        InMemoryCalendar calendar = provider.AddCalendar(user, "Calendar");
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(await host.RegisterAsync());
        await browser.OpenAsync($"/connect/{browser.RequestId}/login?provider={name}");
        string state = HttpUtility.ParseQueryString(browser.Location.Query)["state"]!;
        await browser.OpenAsync($"/connect/callback?code={user}&state={Uri.EscapeDataString(state)}");
        await Eventually.HoldsAsync(
            () => Task.FromResult(provider.Watching!.Of(calendar.Id).Length == 1 && Pulls(provider, calendar) > 0));
        return (calendar, provider.Watching!.Of(calendar.Id)[0].Request);
    }
}

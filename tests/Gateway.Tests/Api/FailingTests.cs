using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Providers;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>What an application is told when it did nothing wrong: a dead login, a full outbox, a storage that fails.</summary>
[Collection(OneGateway.Name)]
public sealed class FailingTests(GatewayHost host)
{
    private static int _logins;

    [Fact]
    public async Task Write_WhenTheLoginDied_Is423WithTheWayBackUntilItWorksAgain()
    {
        (string userName, InMemoryCalendar calendar) = NewLogin();
        ApiCaller caller = await ApiCaller.GrantAsync(host, userName: userName);
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        host.Provider.SetPassword(userName, "changed at the provider");
        await caller.WriteAsync(HttpMethod.Post, events, Event("before"));
        await Eventually.HoldsAsync(async () => !(await ProfileAsync(caller)).GetProperty("profile_connected").GetBoolean());

        using HttpResponseMessage refused = await caller.SendAsync(HttpMethod.Post, events, ApiCaller.Json(Event("after")));
        Assert.Equal(HttpStatusCode.Locked, refused.StatusCode);
        Assert.Equal("profile_disconnected", (await ApiCaller.ReadAsync(refused)).GetProperty("error").GetString());
        Assert.Equal(423, (await caller.TryAsync(HttpMethod.Delete, events, new { event_id = "before" })).Status);
        Assert.Equal(
            423,
            (await caller.TryAsync(HttpMethod.Post, "/v1/calendars", new { profile_id = await ProfileIdAsync(caller), name = "x" })).Status);
        Assert.Equal(["before"], await ManagedAsync(caller));

        string relink = (await ProfileAsync(caller)).GetProperty("profile_relink_url").GetString()!;
        using TestBrowser browser = host.NewBrowser();
        await browser.OpenAsync(relink);
        await browser.SendAsync(
            browser.Location.PathAndQuery, ("server", "memory.test"), ("user", userName), ("password", "changed at the provider"));
        Assert.EndsWith("/reconnected", browser.Location.AbsolutePath, StringComparison.Ordinal);
        await caller.WriteAsync(HttpMethod.Post, events, Event("after"));
        await Eventually.HoldsAsync(() => Task.FromResult(calendar.Items.Count == 2));
    }

    [Fact]
    public async Task Write_WhenTheOutboxIsFull_Is429AndWhatWasAcceptedIsKept()
    {
        (string userName, InMemoryCalendar calendar) = NewLogin();
        ApiCaller caller = await ApiCaller.GrantAsync(host, userName: userName);
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        var open = new TaskCompletionSource();
        host.Provider.Before = (call, ct) => call.CalendarId == calendar.Id ? open.Task.WaitAsync(ct) : Task.CompletedTask;
        try
        {
            int[] statuses = new int[1_010];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, statuses.Length),
                new ParallelOptions { MaxDegreeOfParallelism = 16 },
                async (i, _) => statuses[i] = (await caller.TryAsync(HttpMethod.Post, events, Event($"{i}"))).Status);
            Assert.Equal((1_000, 10), (statuses.Count(s => s == 202), statuses.Count(s => s == 429)));

            using HttpResponseMessage refused = await caller.SendAsync(HttpMethod.Post, events, ApiCaller.Json(Event("more")));
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter!.Delta);
            Assert.Equal(1_000, (await ManagedAsync(caller)).Length);
        }
        finally
        {
            host.Provider.Before = null;
            open.SetResult();
        }

        // Each of them commits the calendar twice, with all that still wait.
        await Eventually.HoldsAsync(() => Task.FromResult(calendar.Items.Count == 1_000), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Call_WhenStorageFails_Is503AndNothingIsHalfDone()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host, "stored");
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        await caller.WriteAsync(HttpMethod.Post, events, Event("first"));
        await using (await host.BreakStorageAsync())
        {
            using HttpResponseMessage refused = await caller.SendAsync(HttpMethod.Post, events, ApiCaller.Json(Event("second")));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
            Assert.Equal("temporarily_unavailable", (await ApiCaller.ReadAsync(refused)).GetProperty("error").GetString());
            Assert.Single(refused.Headers.GetValues("X-Request-Id"));
        }

        await caller.WriteAsync(HttpMethod.Post, events, Event("third"));
        Assert.Equal(["first", "third"], await ManagedAsync(caller));
    }

    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("PUT", "/v1/events")]
    [InlineData("GET", "/v1/")]
    public async Task UnknownCall_Always_Is404AsJsonWithARequestId(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("not_found", (await ApiCaller.ReadAsync(response)).GetProperty("error").GetString());
        Assert.NotEmpty(response.Headers.GetValues("X-Request-Id").Single());
    }

    private static object Event(string id) => new { event_id = id, summary = id, start = Day(1), end = Day(2) };

    private static async Task<JsonElement> ProfileAsync(ApiCaller caller) =>
        (await caller.GetAsync("/v1/profiles")).GetProperty("profiles")[0];

    private static async Task<string> ProfileIdAsync(ApiCaller caller) =>
        (await ProfileAsync(caller)).GetProperty("profile_id").GetString()!;

    private static async Task<string[]> ManagedAsync(ApiCaller caller) =>
    [
        .. (await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"))
            .Select(e => e.GetProperty("event_id").GetString()!).Order(StringComparer.Ordinal),
    ];

    private (string UserName, InMemoryCalendar Calendar) NewLogin()
    {
        string userName = $"failing{Interlocked.Increment(ref _logins)}@example.test";
        return (userName, host.AddLogin(userName));
    }
}

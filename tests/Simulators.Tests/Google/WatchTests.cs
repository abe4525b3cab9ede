using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Google;

public sealed class WatchTests : IAsyncLifetime
{
    private const string Ada = "ada@example.org";
    private const string WatchPath = "calendars/primary/events/watch";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly Subscriber _subscriber = new();
    private GoogleSimulator _google = null!;
    private Caller _ada = null!;

    public async Task InitializeAsync() => await StartAsync(new() { Time = _time, NotificationHandler = _subscriber });

    public async Task DisposeAsync()
    {
        _ada.Dispose();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task Channel_WhenAnEventChanges_IsToldWithoutContent()
    {
        JsonObject channel = await _ada.AskAsync("POST", WatchPath, Channel("one"));
        await _google.Notifications.DeliverDueAsync();
        _google.PutEvent(Ada, Samples.Single("One"));
        _google.PutEvent(Ada, Samples.Single("Two"));
        await _google.Notifications.DeliverDueAsync();

        Assert.Equal(["sync", "exists", "exists"], _subscriber.All("X-Goog-Resource-State"));
        Assert.All(_subscriber.All("X-Goog-Channel-Token"), token => Assert.Equal("secret", token));
        Assert.All(_subscriber.All("X-Goog-Resource-ID"), id => Assert.Equal(channel.Text("resourceId"), id));
        long[] numbers = [.. _subscriber.All("X-Goog-Message-Number").Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        Assert.Equal(1, numbers[0]);
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(numbers.Distinct(), numbers);
    }

    [Fact]
    public async Task Channel_WhenAskedToLiveLonger_ExpiresAtTheLimit()
    {
        JsonObject body = Channel("one");
        body["params"] = new JsonObject { ["ttl"] = "99999999" };

        JsonObject channel = await _ada.AskAsync("POST", WatchPath, body);

        long expected = _time.GetUtcNow().AddDays(7).ToUnixTimeMilliseconds();
        Assert.Equal(expected.ToString(CultureInfo.InvariantCulture), channel.Text("expiration"));
        _time.Advance(TimeSpan.FromDays(8));
        _google.PutEvent(Ada, Samples.Single("One"));
        await _google.Notifications.DeliverDueAsync();
        Assert.Equal(["sync"], _subscriber.All("X-Goog-Resource-State"));
    }

    [Fact]
    public async Task Channels_WhenTwoOverlap_AreBothToldUntilOneIsStopped()
    {
        JsonObject first = await _ada.AskAsync("POST", WatchPath, Channel("one"));
        await _ada.AskAsync("POST", WatchPath, Channel("two"));
        _google.PutEvent(Ada, Samples.Single("One"));
        await _ada.AskAsync("POST", "channels/stop", new JsonObject { ["id"] = "one", ["resourceId"] = first["resourceId"]!.DeepClone() });
        Assert.Equal(204, _ada.Status);
        _google.PutEvent(Ada, Samples.Single("Two"));
        await _google.Notifications.DeliverDueAsync();

        Assert.Equal(["one", "two", "one", "two", "two"], _subscriber.All("X-Goog-Channel-ID"));
        Assert.Equal(["two"], _google.OpenChannels());
    }

    [Fact]
    public async Task Stop_WhenTheResourceIsAnother_IsNotFound()
    {
        await _ada.AskAsync("POST", WatchPath, Channel("one"));

        await _ada.AskAsync("POST", "channels/stop", new JsonObject { ["id"] = "one", ["resourceId"] = "other" });

        Assert.Equal(404, _ada.Status);
    }

    [Fact]
    public async Task Watch_WhenTheChannelIdIsTaken_IsRefused()
    {
        await _ada.AskAsync("POST", WatchPath, Channel("one"));

        JsonObject error = await _ada.AskAsync("POST", WatchPath, Channel("one"));

        Assert.Equal((400, "channelIdNotUnique"), (_ada.Status, Caller.Reason(error)));
    }

    [Fact]
    public async Task SyncMessage_WhenItIsEarly_ArrivesBeforeTheAnswer()
    {
        await RestartAsync(new() { Time = _time, NotificationHandler = _subscriber, SyncMessageBeforeAnswer = true });

        await _ada.AskAsync("POST", WatchPath, Channel("one"));

        Assert.Equal(["sync"], _subscriber.All("X-Goog-Resource-State"));
    }

    [Fact]
    public async Task Delivery_WhenTheSubscriberIsBusy_IsTriedAgainLater()
    {
        await _ada.AskAsync("POST", WatchPath, Channel("one"));
        _subscriber.Answer = HttpStatusCode.ServiceUnavailable;
        await _google.Notifications.DeliverDueAsync();
        Assert.Equal(0, await _google.Notifications.DeliverDueAsync());
        _subscriber.Answer = HttpStatusCode.NoContent;
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, await _google.Notifications.DeliverDueAsync());
        Assert.Equal([503, 204], _google.Notifications.Deliveries.Select(delivery => delivery.Status));
        Assert.Equal(0, _google.Notifications.WaitingCount);
    }

    [Fact]
    public async Task Notification_WhenForged_HasAnotherToken()
    {
        await _ada.AskAsync("POST", WatchPath, Channel("one"));
        _google.NotificationScript.Forge = 1;
        _google.PutEvent(Ada, Samples.Single("One"));
        await _google.Notifications.DeliverDueAsync();

        Assert.Equal(["secret", "secret", "guessed-by-somebody"], _subscriber.All("X-Goog-Channel-Token"));
    }

    [Fact]
    public async Task Notification_WhenEarly_PrecedesTheReadableChange()
    {
        await _ada.AskAsync("POST", WatchPath, Channel("one"));
        _google.NotificationScript.BeforeReadable = 1;
        _google.PutEvent(Ada, Samples.Single("One"));
        await _google.Notifications.DeliverDueAsync();
        Assert.Contains("exists", _subscriber.All("X-Goog-Resource-State"));
        Assert.Empty((await _ada.ListAsync(Ada)).Items);

        _time.Advance(_google.NotificationScript.ReadableAfter);

        Assert.Single((await _ada.ListAsync(Ada)).Items);
    }

    [Fact]
    public async Task CalendarListChannel_WhenACalendarIsShared_IsTold()
    {
        await _ada.AskAsync("POST", "users/me/calendarList/watch", Channel("list"));
        _google.AddUser("bob@example.org", "Bob");
        string team = _google.AddCalendar("bob@example.org", "Team");
        _google.Share(team, Ada, AccessRole.Reader);
        await _google.Notifications.DeliverDueAsync();

        Assert.Equal(["sync", "exists"], _subscriber.All("X-Goog-Resource-State"));
    }

    [Fact]
    public async Task Webhook_WhenNotHttpsAndItHasToBe_IsRefused()
    {
        await RestartAsync(new() { Time = _time, NotificationHandler = _subscriber, RequiresHttpsWebhooks = true });
        JsonObject body = Channel("one");
        body["address"] = "http://product.example/hook";

        JsonObject error = await _ada.AskAsync("POST", WatchPath, body);

        Assert.Equal((400, "push.webhookUrlNotHttps"), (_ada.Status, Caller.Reason(error)));
    }

    private static JsonObject Channel(string id) => new()
    {
        ["id"] = id,
        ["type"] = "web_hook",
        ["address"] = "https://product.example/hook",
        ["token"] = "secret",
    };

    private async Task RestartAsync(GoogleSimulatorOptions options)
    {
        await DisposeAsync();
        await StartAsync(options);
    }

    private async Task StartAsync(GoogleSimulatorOptions options)
    {
        _google = await GoogleSimulator.StartAsync(options);
        _google.AddUser(Ada, "Ada");
        _ada = new Caller(_google, _google.IssueTokens(Ada).AccessToken);
    }
}

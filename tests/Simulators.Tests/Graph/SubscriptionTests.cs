using System.Net;
using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>Subscriptions, their handshake, their end and their messages.</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public async Task Subscription_WhenMadeByTheClient_ProvesBothAddressesAndTells()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        await using var subscriber = new Subscriber();

        var made = (await scene.Client.Subscriptions.PostAsync(new()
        {
            ChangeType = "created,updated",
            Resource = $"me/calendars/{scene.Calendar}/events",
            NotificationUrl = $"{subscriber.Address}/hook",
            LifecycleNotificationUrl = $"{subscriber.Address}/life",
            ClientState = "secret",
            ExpirationDateTime = GraphScene.Noon.AddMinutes(10),
        }))!;
        string id = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("One", "2026-11-26T09:00:00"));
        string second = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Two", "2026-11-26T09:00:00"));
        scene.Simulator.DeleteEvent(scene.Calendar, second);
        await scene.Simulator.DeliverNotificationsAsync();

        Assert.Equal(["/hook", "/life"], subscriber.Proofs.Order(StringComparer.Ordinal));
        Assert.Equal(GraphScene.Noon.AddMinutes(45), made.ExpirationDateTime);
        JsonArray told = subscriber.Messages.Single()["value"]!.AsArray();
        Assert.Equal(["created", "created"], told.Select(static one => (string?)one!["changeType"]));
        Assert.All(told, one => Assert.Equal((made.Id, "secret"), ((string?)one!["subscriptionId"], (string?)one["clientState"])));
        Assert.Contains($"\"{scene.Ada.Id}", told[0]!["resource"]!.ToJsonString().Replace("Users/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotEqual(id, (string?)told[0]!["resourceData"]!["id"]);
    }

    [Fact]
    public async Task Subscription_WhenImmutableIdsAreAskedFor_NamesThem()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        await using var subscriber = new Subscriber();
        using HttpResponseMessage made = await scene.SendAsync(HttpMethod.Post, "/subscriptions", subscriber.Wanted(scene), "IdType=\"ImmutableId\"");

        string id = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("One", "2026-11-26T09:00:00"));
        await scene.Simulator.DeliverNotificationsAsync();

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(id, (string?)subscriber.Messages.Single()["value"]![0]!["resourceData"]!["id"]);
    }

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("text/plain", true)]
    public async Task Handshake_WhenAnsweredOtherwise_RefusesTheSubscription(string type, bool encoded)
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        await using var subscriber = new Subscriber(token => encoded ? Uri.EscapeDataString(token) : token, type);

        using HttpResponseMessage refused = await scene.SendAsync(HttpMethod.Post, "/subscriptions", subscriber.Wanted(scene));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("ValidationError", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(scene.Simulator.SubscriptionsOf(scene.Ada));
    }

    [Fact]
    public async Task Subscription_WhenRenewedRemovedOrTooLong_IsSo()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        await using var subscriber = new Subscriber();
        using HttpResponseMessage tooLong = await scene.SendAsync(HttpMethod.Post, "/subscriptions", subscriber.Wanted(scene, minutes: 4231));
        using HttpResponseMessage made = await scene.SendAsync(HttpMethod.Post, "/subscriptions", subscriber.Wanted(scene, minutes: 4230));
        string id = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!;

        scene.Clock.Advance(TimeSpan.FromHours(0.5));
        var renewed = (await scene.Client.Subscriptions[id].PatchAsync(new() { ExpirationDateTime = scene.Clock.GetUtcNow().AddMinutes(60) }))!;
        await scene.Client.Subscriptions[id].Reauthorize.PostAsync();
        string[] before = [.. scene.Simulator.SubscriptionsOf(scene.Ada)];
        await scene.Client.Subscriptions[id].DeleteAsync();

        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Equal(scene.Clock.GetUtcNow().AddMinutes(60), renewed.ExpirationDateTime);
        Assert.Equal([id], before);
        Assert.Empty(scene.Simulator.SubscriptionsOf(scene.Ada));
    }

    [Fact]
    public async Task Subscription_WhenItExpires_TellsNoMore()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        await using var subscriber = new Subscriber();
        using HttpResponseMessage made = await scene.SendAsync(HttpMethod.Post, "/subscriptions", subscriber.Wanted(scene));

        scene.Clock.Advance(TimeSpan.FromMinutes(60));
        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("One", "2026-11-26T09:00:00"));
        await scene.Simulator.DeliverNotificationsAsync();

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Empty(subscriber.Messages);
    }

    [Fact]
    public async Task Message_WhenRefused_IsSentAgainForFourHoursAtMost()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        await using var subscriber = new Subscriber { Status = 503 };
        using HttpResponseMessage made = await scene.SendAsync(HttpMethod.Post, "/subscriptions", subscriber.Wanted(scene));
        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("One", "2026-11-26T09:00:00"));
        while (scene.Simulator.NextNotificationDue is { } due)
        {
            scene.Clock.SetUtcNow(due > scene.Clock.GetUtcNow() ? due : scene.Clock.GetUtcNow());
            await scene.Simulator.DeliverNotificationsAsync();
        }

        // After the two handshakes.
        Assert.Equal(13, scene.Simulator.Deliveries.Count);
        Assert.InRange(scene.Clock.GetUtcNow() - GraphScene.Noon, TimeSpan.FromHours(2), TimeSpan.FromHours(4));
    }

    [Fact]
    public async Task Lifecycle_WhenSent_ArrivesAtItsOwnAddressAndRemovesWhatItSays()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        await using var subscriber = new Subscriber();
        using HttpResponseMessage made = await scene.SendAsync(HttpMethod.Post, "/subscriptions", subscriber.Wanted(scene));
        string id = scene.Simulator.SubscriptionsOf(scene.Ada).Single();

        scene.Simulator.SendLifecycle(id, "reauthorizationRequired");
        scene.Simulator.SendLifecycle(id, "subscriptionRemoved");
        await scene.Simulator.DeliverNotificationsAsync();

        Assert.Equal(
            ["reauthorizationRequired", "subscriptionRemoved"],
            subscriber.Messages.Select(static message => (string?)message["value"]![0]!["lifecycleEvent"]));
        Assert.Empty(scene.Simulator.SubscriptionsOf(scene.Ada));
        Assert.EndsWith("/life", scene.Simulator.Deliveries[^1].Notification.Address.AbsolutePath, StringComparison.Ordinal);
    }
}

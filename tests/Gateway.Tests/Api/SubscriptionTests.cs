using CalendarActors.Domain.Triggers;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Triggers;
using CalendarActors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>What an upsert stores of its subscriptions; how they are called about is shown in Grains.Tests and EndToEnd.Tests.</summary>
[Collection(OneGateway.Name)]
public sealed class SubscriptionTests(GatewayHost host)
{
    private static readonly object[] AMinuteBefore = Before(1);

    [Fact]
    public async Task Upsert_WithSubscriptions_StoresThemUntilAnEmptyListOrADeleteTakesThemAway()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = await PathAsync(caller);

        await caller.WriteAsync(HttpMethod.Post, path, Event("e", [Subscription(AMinuteBefore)]));
        Assert.False(await IsForgottenAsync(caller));
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "e", summary = "y", start = At(1, "09:00"), end = At(1, "10:00") });
        Assert.False(await IsForgottenAsync(caller));
        await caller.WriteAsync(HttpMethod.Post, path, Event("e", []));
        await UntilForgottenAsync(caller);

        await caller.WriteAsync(HttpMethod.Post, path, Event("e", [Subscription(AMinuteBefore)]));
        Assert.False(await IsForgottenAsync(caller));
        await caller.WriteAsync(HttpMethod.Delete, path, new { event_id = "e" });
        await UntilForgottenAsync(caller);
    }

    [Fact]
    public async Task Upsert_WithSubscriptionsThatAreWrong_IsRefusedWithAllOfIt()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);

        Assert.Equal(
            [
                "subscriptions[0].uri errors.invalid_format",
                "subscriptions[0].transitions[1].offset errors.required",
                "subscriptions[1].interactions errors.not_supported",
            ],
            (await caller.TryAsync(HttpMethod.Post, await PathAsync(caller), Event("e",
            [
                new { type = "webhook", uri = "nowhere", transitions = new object[] { AMinuteBefore[0], new { after = "event_end" } } },
                new { type = "webhook", uri = "https://example.com/", interactions = new[] { new { type = "conferencing_assigned" } } },
            ]))).Errors);
        Assert.True(await IsForgottenAsync(caller));
    }

    [Fact]
    public async Task Upsert_WhenTheCalendarIsFullOfSubscriptions_IsRefusedAndTheEventIsNotWritten()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = await PathAsync(caller);
        object[] all = [.. Enumerable.Range(0, 5).Select(s => new
        {
            type = "webhook",
            uri = $"https://example.com/{s}",
            transitions = Before([.. Enumerable.Range(1, 10)]),
        })];
        for (int i = 0; i < SubscriptionLimits.EventTransitions / 50; i++)
        {
            await caller.WriteAsync(HttpMethod.Post, path, Event($"e{i}", all));
        }

        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, path, Event("one more", [Subscription(AMinuteBefore)]));

        Assert.Equal((422, "subscriptions errors.too_many"), (status, Assert.Single(errors)));
        Assert.DoesNotContain(
            await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"),
            e => e.GetProperty("event_id").GetString() == "one more");
    }

    [Fact]
    public async Task Upsert_WithSubscriptionsAndAnEventOfSomebodyElse_NeedsTheCalendar()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        ApiCaller other = await ApiCaller.OpenAsync(host);

        Assert.Equal(404, (await other.TryAsync(HttpMethod.Post, await PathAsync(caller), Event("e", [Subscription(AMinuteBefore)]))).Status);
        Assert.True(await IsForgottenAsync(caller));
    }

    private static object Event(string eventId, object[] subscriptions) => new
    {
        event_id = eventId,
        summary = "x",
        start = At(1, "09:00"),
        end = At(1, "10:00"),
        subscriptions,
    };

    private static object Subscription(object[] transitions) => new { type = "webhook", uri = "https://example.com/hook", transitions };

    private static object[] Before(params int[] minutes) => [.. minutes.Select(m => new { before = "event_start", offset = new { minutes = m } })];

    private static async Task<string> PathAsync(ApiCaller caller) => $"/v1/calendars/{await caller.CalendarIdAsync()}/events";

    private async Task UntilForgottenAsync(ApiCaller caller) =>
        await Eventually.HoldsAsync(() => IsForgottenAsync(caller));

    /// <summary>True when all the room that a calendar has is free.</summary>
    private async Task<bool> IsForgottenAsync(ApiCaller caller)
    {
        string calendarId = await caller.CalendarIdAsync();
        EventSubscription all = new(
            "https://example.com/",
            [.. Enumerable.Range(1, SubscriptionLimits.EventTransitions).Select(i => new Transition(true, EventEdge.Start, i))]);
        return await host.Services.GetRequiredService<IGrainFactory>().TriggersOf(calendarId)
            .HasRoom(new SubscribeEvent("", "", "", "", [all]), default);
    }
}

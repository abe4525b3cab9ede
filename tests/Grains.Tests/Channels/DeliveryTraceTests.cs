using System.Collections.Concurrent;
using System.Diagnostics;
using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Channels;

/// <summary>What an operator sees of a change's way from its notification to the application.</summary>
[Collection(SharedCluster.Name)]
public sealed class DeliveryTraceTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Delivery_WhenANotificationTellsOfAChange_IsInTheTraceOfTheNotification()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UntilSyncedAsync();
        TestChannel channel = await TestChannel.MakeAsync(cluster);
        await channel.OpenAsync(personId: login.PersonId);
        await channel.SettleAsync();
        ConcurrentQueue<ActivityTraceId?> delivered = [];
        cluster.Sink.Answer(channel.Id, call =>
        {
            if (call.Type == "change")
            {
                delivered.Enqueue(Activity.Current?.TraceId);
            }

            return Task.FromResult(new CallbackAnswer(CallbackOutcome.Accepted, 200));
        });
        using ActivityListener listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);

        // That all was read for the first time may still be told, before the change or together with it: then another one.
        int changes = 0;
        await cluster.UntilAsync(
            async () =>
            {
                int before = delivered.Count;
                ActivityTraceId notified = await NotifyAsync(login, ++changes);
                await cluster.UntilAsync(() => Task.FromResult(delivered.Count > before), "it is told");
                return delivered.Contains(notified);
            },
            "one is told in the trace of its notification",
            within: TimeSpan.FromSeconds(10));
        await channel.Grain.Close(login.PersonId, default);
        await login.Connection.Revoke(default);
    }

    private static async Task<ActivityTraceId> NotifyAsync(TestLogin login, int change)
    {
        login.Remote.Put(TestLogin.Event("from-outside", $"Seen {change}"));
        using Activity notification = new Activity("notification").Start();
        await login.Calendar.Hint(default);
        return notification.TraceId;
    }
}

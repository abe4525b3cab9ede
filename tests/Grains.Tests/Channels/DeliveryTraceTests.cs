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
        await cluster.UntilAsync(() => Task.FromResult(channel.Calls.Any(c => c.Type == "verification")), "the verification");
        ActivityTraceId? delivered = null;
        cluster.Sink.Answer(channel.Id, call =>
        {
            // That all was read for the first time may be told now, too.
            delivered = call.Type == "change" ? Activity.Current?.TraceId : delivered;
            return Task.FromResult(new CallbackAnswer(CallbackOutcome.Accepted, 200));
        });
        using ActivityListener listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        login.Remote.Put(TestLogin.Event("from-outside", "Seen"));

        ActivityTraceId notified;
        using (Activity notification = new Activity("notification").Start())
        {
            notified = notification.TraceId;
            await login.Calendar.Hint(default);
        }

        await cluster.UntilAsync(() => Task.FromResult(delivered is not null), "it is told");
        Assert.Equal(notified, delivered);
        await login.Connection.Revoke(default);
    }
}

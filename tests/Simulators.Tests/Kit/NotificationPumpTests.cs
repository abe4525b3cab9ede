using System.Collections.Concurrent;
using System.Net;
using CalendarActors.Simulators.Kit;
using CalendarActors.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Kit;

public sealed class NotificationPumpTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Notification_WhenItsFateIsToBeLost_IsNotSent()
    {
        var inbox = new Inbox();
        await using NotificationPump pump = Pump(inbox, new NotificationScript(1) { Lose = 1 });

        pump.Enqueue(Message("a"));
        await pump.DeliverDueAsync();

        Assert.Empty(inbox.Channels);
    }

    [Fact]
    public async Task Notification_WhenCertain_IsNeverLost()
    {
        var inbox = new Inbox();
        await using NotificationPump pump = Pump(inbox, new NotificationScript(1) { Lose = 1 });

        pump.Enqueue(Message("a") with { IsCertain = true });
        await pump.DeliverDueAsync();

        Assert.Equal(["a"], inbox.Channels);
    }

    [Fact]
    public async Task Notification_WhenDuplicated_IsSentAsOftenAsSaid()
    {
        var inbox = new Inbox();
        await using NotificationPump pump = Pump(inbox, new NotificationScript(1) { Duplicate = 1, Copies = 3 });

        pump.Enqueue(Message("a"));
        await pump.DeliverDueAsync();

        Assert.Equal(["a", "a", "a"], inbox.Channels);
    }

    [Fact]
    public async Task Notification_WhenDelayed_WaitsForTheClock()
    {
        var inbox = new Inbox();
        await using NotificationPump pump = Pump(inbox, new NotificationScript(1) { Delay = 1, DelayAtMost = TimeSpan.FromHours(1) });

        pump.Enqueue(Message("a"));
        Assert.Equal(0, await pump.DeliverDueAsync());
        Assert.InRange(pump.NextDue!.Value, _time.GetUtcNow(), _time.GetUtcNow().AddHours(1));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await pump.DeliverDueAsync());
    }

    [Fact]
    public async Task Notifications_WhenReordered_ArriveInAnotherOrder()
    {
        var inbox = new Inbox();
        await using NotificationPump pump = Pump(inbox, new NotificationScript(1) { Reorder = 1 });

        foreach (string channel in new[] { "a", "b", "c" })
        {
            pump.Enqueue(Message(channel));
        }

        await pump.DeliverDueAsync();

        Assert.Equal(["b", "c", "a"], inbox.Channels);
    }

    [Fact]
    public async Task Script_WhenTheSeedIsTheSame_DeliversTheSame() =>
        Assert.Equal(await RunAsync(seed: 5), await RunAsync(seed: 5));

    [Fact]
    public async Task Subscriber_WhenItIsNotThere_IsAnAttemptWithoutStatus()
    {
        await using NotificationPump pump = Pump(new Inbox { IsDown = true }, new NotificationScript(1));

        pump.Enqueue(Message("a"));
        await pump.DeliverDueAsync();

        Assert.Equal(0, Assert.Single(pump.Deliveries).Status);
    }

    [Fact]
    public async Task Pump_WhenItDeliversByItself_SendsAtOnceAndLateOnesByTheClock()
    {
        var inbox = new Inbox();
        await using var pump = new NotificationPump(new()
        {
            Time = _time,
            Script = new NotificationScript(1),
            Handler = inbox,
            DeliversByItself = true,
        });

        pump.Enqueue(Message("a"));
        await Eventually.HoldsAsync(() => Task.FromResult(inbox.Channels.Length == 1));
        pump.Enqueue(Message("b"), new NotificationFate(1, TimeSpan.FromMinutes(1), false, TimeSpan.Zero));
        await Eventually.HoldsAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(inbox.Channels.Length == 2);
        });

        Assert.Equal(["a", "b"], inbox.Channels);
    }

    private async Task<string[]> RunAsync(int seed)
    {
        var inbox = new Inbox();
        await using NotificationPump pump = Pump(
            inbox, new NotificationScript(seed) { Lose = 0.2, Duplicate = 0.3, Reorder = 0.3, Delay = 0.3 });
        for (int message = 0; message < 100; message++)
        {
            pump.Enqueue(Message($"{message}"));
            await pump.DeliverDueAsync();
        }

        _time.Advance(TimeSpan.FromHours(1));
        await pump.DeliverDueAsync();
        Assert.NotEqual(inbox.Channels.Order(StringComparer.Ordinal), inbox.Channels);
        return inbox.Channels;
    }

    private NotificationPump Pump(Inbox inbox, NotificationScript script) =>
        new(new() { Time = _time, Script = script, Handler = inbox });

    private static Notification Message(string channel) => new(channel, new Uri("https://product.example/hook"))
    {
        Headers = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("X-Channel", channel),
    };

    private sealed class Inbox : HttpMessageHandler
    {
        private readonly ConcurrentQueue<string> _channels = new();

        public bool IsDown { get; init; }

        public string[] Channels => [.. _channels];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsDown)
            {
                throw new HttpRequestException("Connection refused");
            }

            _channels.Enqueue(request.Headers.GetValues("X-Channel").Single());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}

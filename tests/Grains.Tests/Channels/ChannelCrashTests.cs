using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Channels;

/// <summary>The process ends at each durable step of a delivery in turn: it is told all the same, by the same id.</summary>
[Collection(SharedCluster.Name)]
public sealed class ChannelCrashTests(CalendarCluster cluster)
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Delivery_WhenTheProcessEndsAtAnyDurableStep_IsToldAllTheSame(int refusals)
    {
        int steps = await RunAsync(refusals, failAt: int.MaxValue, isAfter: false);
        Assert.InRange(steps, 1, 8);
        for (int step = 1; step <= steps; step++)
        {
            await RunAsync(refusals, step, isAfter: false);
            await RunAsync(refusals, step, isAfter: true);
        }
    }

    [Fact]
    public async Task Delivery_WhenItIsStoredAndOnlyTheDutyIsLeft_IsNotToldAgain()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        cluster.Sink.Answer(channel.Id, _ => Task.FromResult(channel.Changes.Length == 1
            ? new CallbackAnswer(CallbackOutcome.Refused, 500)
            : new CallbackAnswer(CallbackOutcome.Accepted, 200)));
        bool isDead = false;
        cluster.Rows.FailBefore = w => w.Key == channel.Id && (isDead |= w.IsClear);
        await channel.TellAsync();
        await cluster.UntilAsync(() => Task.FromResult(isDead), "the process ends before the row goes");
        await cluster.Silos.DeactivateAsync(channel.Grain);
        cluster.Rows.FailBefore = null;

        Assert.NotNull(cluster.Rows.Bytes(StorageNames.ChannelOutbox, channel.Id));
        await channel.Grain.Wake(default);
        await channel.SettleAsync();
        Assert.Equal(2, channel.Changes.Length);
    }

    [Fact]
    public async Task Open_WhenTheProcessEndsAtAnyDurableStep_IsRepeatedToTheSameEnd()
    {
        for (int step = 1; step <= 3; step++)
        {
            TestChannel channel = await TestChannel.MakeAsync(cluster);
            using Death death = new(channel, step, isAfter: step == 2);
            try
            {
                await channel.OpenAsync();
                await cluster.UntilAsync(() => Task.FromResult(death.IsDead), "the process ends");
            }
            catch (Exception fault) when (fault is IOException or InvalidOperationException or OrleansException)
            {
                // Whoever asked comes again.
            }

            await cluster.Silos.DeactivateAsync(channel.Grain);
            death.Dispose();
            await channel.OpenAsync();
            await channel.SettleAsync();
            await channel.TellAsync();
            await channel.SettleAsync();

            Assert.Equal("verification", channel.Calls[0].Type);
            Assert.Single(channel.Changes);
        }
    }

    private async Task<int> RunAsync(int refusals, int failAt, bool isAfter)
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        await channel.Grain.Set(null, true, default);
        int taken = 0;
        cluster.Sink.Answer(channel.Id, call =>
        {
            CallbackAnswer answer = channel.Changes.Length <= refusals
                ? new CallbackAnswer(CallbackOutcome.Refused, 500)
                : new CallbackAnswer(CallbackOutcome.Accepted, 200);
            taken += answer.Outcome == CallbackOutcome.Accepted ? 1 : 0;
            return Task.FromResult(answer);
        });
        Instant since = channel.Now;
        int steps;
        using (Death death = new(channel, failAt, isAfter))
        {
            await channel.TellAsync(since: since);
            await cluster.UntilAsync(() => Task.FromResult(death.IsDead || (taken > 0 && channel.IsSettled)), "it is told, or dead");
            steps = death.Steps;
            if (death.IsDead)
            {
                await cluster.Silos.DeactivateAsync(channel.Grain);
            }
        }

        // The sweep, or the person, wakes it.
        await channel.Grain.Wake(default);
        await channel.SettleAsync();
        Assert.True(taken > 0, $"Lost at {failAt}.");
        Assert.Single(channel.Changes.Select(c => (c.Body, c.Header("webhook-id"))).Distinct());
        Assert.Equal(NotificationBody.TextOf(since), channel.Changes[0].Since);
        Assert.Equal(2, (await channel.LogAsync())[^1].Sequence);
        return steps;
    }

    /// <summary>Nothing of the channel becomes durable after a chosen step.</summary>
    private sealed class Death : IDisposable
    {
        private readonly TestChannel _channel;
        private readonly int _at;
        private readonly bool _isAfter;
        private int _seen;

        public Death(TestChannel channel, int at, bool isAfter)
        {
            (_channel, _at, _isAfter) = (channel, at, isAfter);
            channel.Cluster.Rows.FailBefore = write => Fails(write, after: false);
            channel.Cluster.Rows.FailAfter = write => Fails(write, after: true);
        }

        public bool IsDead { get; private set; }

        public int Steps => _seen;

        public void Dispose()
        {
            _channel.Cluster.Rows.FailBefore = null;
            _channel.Cluster.Rows.FailAfter = null;
        }

        private bool Fails(StoredRows.Write write, bool after)
        {
            if (write.Key != _channel.Id)
            {
                return false;
            }

            if (IsDead)
            {
                return !after;
            }

            return IsDead = after
                ? _isAfter && _seen == _at
                : Interlocked.Increment(ref _seen) == _at && !_isAfter;
        }
    }
}

using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Channels;

/// <summary>What an application is told that does not answer, answers badly, or hangs.</summary>
[Collection(SharedCluster.Name)]
public sealed class RefusingSinkTests(CalendarCluster cluster)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Sink_WhenItIsDownForThreeDays_IsToldEverythingAfterwards()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        await channel.Grain.Set(null, true, default);
        DateTimeOffset down = cluster.Time.GetUtcNow();
        cluster.Sink.Answer(channel.Id, CallbackOutcome.Unreachable, 0);
        Instant first = channel.Now;
        await channel.TellAsync("cal_1");
        await cluster.UntilAsync(() => Task.FromResult(channel.Changes.Length == 1), "the first attempt");

        // Changes go on, and so does the process, now and then anew.
        Instant second = first + Duration.FromHours(5);
        for (int hours = 6; hours < 72; hours += 11)
        {
            await PassUntilAsync(down + TimeSpan.FromHours(hours));
            await channel.TellAsync($"cal_{hours}", first + Duration.FromHours(hours - 1));
            await cluster.PassAsync(TimeSpan.FromSeconds(5));
            await cluster.Silos.DeactivateAsync(channel.Grain);
            await channel.Grain.Wake(default);
        }

        // None of them holds up the feed.
        await cluster.UntilAsync(
            () => Task.FromResult(cluster.Rows.Bytes(StorageNames.PersonFeed, channel.PersonId) is null), "the feed is let go");
        await PassUntilAsync(down + TimeSpan.FromHours(71.9));
        await cluster.UntilAsync(
            async () => (await channel.Grain.Status(default))!.NextAttempt > channel.Now, "no attempt is going on", TimeSpan.FromSeconds(5));
        SunkCall[] failed = channel.Changes;
        cluster.Sink.Answer(channel.Id, CallbackOutcome.Accepted, 200);
        await channel.SettleAsync(TimeSpan.FromHours(7), Step);

        Assert.InRange(failed.Length, 15, 25);
        SunkCall[] told = channel.Changes[failed.Length..];
        Assert.Equal([NotificationBody.TextOf(first), NotificationBody.TextOf(second)], told.Select(c => c.Since));
        Assert.Single(failed.Append(told[0]).Select(c => (c.Body, c.Header("webhook-id"))).Distinct());
        Assert.Null((await channel.Grain.View(default))!.Closed);
    }

    [Fact]
    public async Task Delivery_WhenItsActivationIsLostAndSomebodyOnlyLooks_GoesOn()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        cluster.Sink.Answer(channel.Id, CallbackOutcome.Unreachable, 0);
        await channel.TellAsync();
        await cluster.UntilAsync(
            () => Task.FromResult(channel.Changes.Length > 0 && cluster.Rows.Bytes(StorageNames.PersonFeed, channel.PersonId) is null),
            "it is tried, and the feed has nothing more to tell");
        await cluster.Silos.DeactivateAsync(channel.Grain);
        int tried = channel.Changes.Length;
        cluster.Sink.Answer(channel.Id, CallbackOutcome.Accepted, 200);

        await channel.Grain.View(default);

        await cluster.UntilAsync(() => Task.FromResult(channel.Changes.Length > tried), "another attempt");
        await channel.SettleAsync();
        Assert.Single(channel.Changes.Select(c => c.Body).Distinct());
    }

    [Fact]
    public async Task Sink_WhenItIsDownForLonger_ClosesTheChannelWithItsReason()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        cluster.Sink.Answer(channel.Id, CallbackOutcome.TimedOut, 0);
        await channel.TellAsync();

        await cluster.UntilAsync(
            async () => (await channel.Grain.View(default))!.Closed is not null, "it closes", TimeSpan.FromHours(80), Step);
        await channel.SettleAsync();

        Assert.Equal(CloseReason.GivenUp, (await channel.Grain.View(default))!.Closed);
        Delivery last = (await channel.LogAsync())[^1];
        Assert.Equal((DeliveryProgress.Failed, CallbackOutcome.TimedOut), (last.Progress, last.Outcome!.Value));
        Assert.True(last.LastAttempt - last.FirstAttempt >= DeliveryRules.Window);
        int calls = channel.Calls.Length;
        await channel.TellAsync();
        await cluster.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(calls, channel.Calls.Length);
        Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, channel.PersonId));
    }

    [Fact]
    public async Task Sink_WhenItIsGone_ClosesTheChannelAtOnce()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        cluster.Sink.Answer(channel.Id, CallbackOutcome.Gone, 410);
        await channel.TellAsync("cal_1");
        await cluster.UntilAsync(async () => (await channel.Grain.View(default))!.Closed is not null, "it closes");
        await channel.TellAsync("cal_2");
        await cluster.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(channel.Changes);
        ChannelStatus status = (await channel.Grain.Status(default))!;
        Assert.Equal((CloseReason.Gone, 0, 410), (status.Closed!.Value, status.Backlog, status.LastStatus!.Value));
        await cluster.Silos.DeactivateAsync(channel.Grain);
        Assert.Equal(CloseReason.Gone, (await channel.Grain.View(default))!.Closed);
    }

    [Fact]
    public async Task Sink_WhenItAsksToWait_IsLeftAloneForSoLong()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        cluster.Sink.Answer(channel.Id, _ => Task.FromResult(
            new CallbackAnswer(CallbackOutcome.Refused, 429, Duration.FromHours(1))));
        await channel.TellAsync();
        await cluster.UntilAsync(() => Task.FromResult(channel.Changes.Length == 1), "the first attempt");
        DateTimeOffset asked = cluster.Time.GetUtcNow();

        await cluster.PassAsync(TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(1));
        Assert.Single(channel.Changes);
        ChannelStatus status = (await channel.Grain.Status(default))!;
        Assert.Equal((1, 1, 429), (status.Backlog, status.Attempts, status.LastStatus!.Value));
        Assert.InRange(status.NextAttempt!.Value.ToDateTimeOffset(), asked + TimeSpan.FromMinutes(59), asked + TimeSpan.FromMinutes(61));
        await cluster.UntilAsync(() => Task.FromResult(channel.Changes.Length == 2), "the second attempt");
        await channel.Grain.Close(channel.PersonId, default);
    }

    [Fact]
    public async Task Sink_WhenItIsBackAndAsksForAReplay_IsToldAtOnce()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        cluster.Sink.Answer(channel.Id, _ => Task.FromResult(
            new CallbackAnswer(CallbackOutcome.Refused, 503, Duration.FromHours(9))));
        await channel.TellAsync();
        await cluster.UntilAsync(
            async () => (await channel.Grain.Status(default))!.NextAttempt is not null, "the first attempt failed");

        cluster.Sink.Answer(channel.Id, CallbackOutcome.Accepted, 200);
        Assert.Equal(ReplayOutcome.Accepted, await channel.Grain.Replay(2, default));
        await channel.SettleAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, channel.Changes.Length);
        Assert.Single(channel.Changes.Select(c => c.Body).Distinct());
    }

    /// <summary>Hardly a moment of virtual time passes: whoever takes its notification does not wait for who hangs.</summary>
    [Fact]
    public async Task Sinks_WhenTenOfAThousandHang_HoldUpNobodyElse()
    {
        TestChannel first = await TestChannel.OpenAsync(cluster);
        List<TestChannel> channels = [];
        for (int i = 0; i < 1_000; i++)
        {
            channels.Add(await TestChannel.MakeAsync(cluster, first));
        }

        await Task.WhenAll(channels.Select(c => c.OpenAsync(personId: first.PersonId)));
        await first.SettleAsync();
        await cluster.UntilAsync(() => Task.FromResult(channels.All(c => c.Calls.Length > 0)), "all are verified");
        await first.SettleAsync();
        TaskCompletionSource<CallbackAnswer> never = new();
        foreach (TestChannel channel in channels.Take(10))
        {
            cluster.Sink.Answer(channel.Id, _ => never.Task);
        }

        int FeedWrites() => cluster.Rows.Writes.Count(w => w.State == StorageNames.PersonFeed && w.Key == first.PersonId);
        int before = FeedWrites();
        await first.TellAsync();
        await cluster.UntilAsync(
            () => Task.FromResult(channels.All(c => c.Changes.Length == 1)),
            "all are told",
            TimeSpan.FromSeconds(1),
            TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, FeedWrites() - before);
        never.SetResult(new CallbackAnswer(CallbackOutcome.Accepted, 200));
        await first.SettleAsync();
        await Task.WhenAll(channels.Select(c => c.Grain.Close(first.PersonId, default)));
    }

    /// <summary>Not beyond that instant.</summary>
    private async Task PassUntilAsync(DateTimeOffset instant)
    {
        while (instant - cluster.Time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            TimeSpan step = left < Step ? left : Step;
            await cluster.PassAsync(step, step);
        }
    }
}

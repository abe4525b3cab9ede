using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Channels;

[Collection(SharedCluster.Name)]
public sealed class ChannelGrainTests(CalendarCluster cluster)
{
    private static readonly ChangeOrigin External = new(null, null);

    [Fact]
    public async Task Open_WhenAnswered_TellsAVerificationSignedByEverySecret()
    {
        TestChannel channel = await TestChannel.MakeAsync(cluster);
        channel.Secrets.Add(System.Text.Encoding.ASCII.GetBytes((await channel.Application.AddSecret(default)).Secret!.Text));

        ChannelView view = await channel.OpenAsync(new ChannelFilter(["cal_1"], true));
        await channel.SettleAsync();

        Assert.Equal((channel.Id, TestChannel.Url, null), (view.ChannelId, view.CallbackUrl, view.Closed));
        SunkCall call = Assert.Single(channel.Calls);
        Assert.Equal(
            $$$$"""{"notification":{"type":"verification"},"channel":{"channel_id":"{{{{channel.Id}}}}","callback_url":"{{{{TestChannel.Url}}}}","filters":{"calendar_ids":["cal_1"],"only_managed":true}}}""",
            call.Body);
        Assert.Equal(TestChannel.Url, call.Request.Address);
        Assert.Equal(
            channel.Secrets.Select(secret => Convert.ToBase64String(HMACSHA256.HashData(secret, call.Request.Body.Span))),
            call.Header("Cronofy-HMAC-SHA256")!.Split(','));
        Assert.Null(call.Header("webhook-id"));
        Assert.Equal(DeliveryProgress.Delivered, Assert.Single(await channel.LogAsync()).Progress);
    }

    [Fact]
    public async Task Open_WhenRepeated_ChangesNothing()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);

        await channel.OpenAsync();
        await channel.TellAsync();
        await channel.SettleAsync();

        Assert.Equal(["verification", "change"], channel.Calls.Select(c => c.Type));
    }

    [Fact]
    public async Task Change_WhenTold_CostsTheChannelOneCommitAndLetsTheFeedGo()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        int before = cluster.Rows.Writes.Count(w => w.Key == channel.Id);
        Instant since = channel.Now - Duration.FromMilliseconds(300);

        for (int i = 0; i < 3; i++)
        {
            await channel.TellAsync(since: since);
            await cluster.UntilAsync(() => Task.FromResult(channel.Changes.Length > i), "it is told", step: TimeSpan.FromMilliseconds(1));
        }

        await channel.SettleAsync();
        Assert.All(channel.Changes, c => Assert.Equal(NotificationBody.TextOf(since), c.Since));
        Assert.Equal([StorageNames.Channel], cluster.Rows.Writes.Where(w => w.Key == channel.Id).Skip(before).Select(w => w.State));
        Assert.Equal([1L, 2, 3, 4], (await channel.LogAsync()).Select(d => d.Sequence));
    }

    [Fact]
    public async Task Change_WhenTheApplicationWroteItItself_IsNotTold()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);

        await channel.TellAsync(origins: new ChangeOrigin(channel.ClientId, channel.ClientId));
        await channel.SettleAsync();

        Assert.Empty(channel.Changes);
        await channel.TellAsync(origins: [new ChangeOrigin(channel.ClientId, channel.ClientId), External]);
        await channel.SettleAsync();
        Assert.Single(channel.Changes);
    }

    [Fact]
    public async Task Change_WhenTheFilterLeavesItOut_IsNotToldAndLetsTheFeedGo()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster, new ChannelFilter(["cal_1"], false));
        int before = cluster.Rows.Writes.Count(w => w.Key == channel.Id);

        await channel.TellAsync("cal_2");
        await channel.TellAsync("pro_1", kind: NewsKind.CalendarsChanged);
        await channel.SettleAsync();

        Assert.Empty(channel.Changes);
        Assert.Equal(before, cluster.Rows.Writes.Count(w => w.Key == channel.Id));
        await channel.TellAsync("cal_1");
        await channel.SettleAsync();
        Assert.Single(channel.Changes);
    }

    [Fact]
    public async Task Profile_WhenItsLifeChanges_IsToldWhateverTheFilter()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster, new ChannelFilter(["cal_1"], true));

        await channel.TellAsync("pro_1", kind: NewsKind.InitialSyncCompleted);
        await channel.TellAsync("pro_1", kind: NewsKind.Disconnected);
        await channel.SettleAsync();

        Assert.Equal(["profile_initial_sync_completed", "profile_disconnected"], channel.Calls.Skip(1).Select(c => c.Type));
    }

    [Fact]
    public async Task ListOfCalendars_WhenItChanges_IsAChange()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);

        await channel.TellAsync("pro_1", kind: NewsKind.CalendarsChanged);
        await channel.SettleAsync();

        Assert.NotNull(Assert.Single(channel.Changes).Since);
    }

    [Fact]
    public async Task Burst_WhenADeliveryIsUnderWay_BecomesOneThatFollows()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        TaskCompletionSource<CallbackAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Sink.Answer(channel.Id, _ => answer.Task);
        Instant first = channel.Now;
        await channel.TellAsync();
        await cluster.UntilAsync(() => Task.FromResult(channel.Changes.Length == 1), "the first is under way");

        foreach (int minutes in new[] { 7, 5, 9 })
        {
            await channel.TellAsync($"cal_{minutes}", first + Duration.FromMinutes(minutes));
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Single(channel.Changes);
        answer.SetResult(new CallbackAnswer(CallbackOutcome.Accepted, 200));
        await channel.SettleAsync();

        Assert.Equal(
            [NotificationBody.TextOf(first), NotificationBody.TextOf(first + Duration.FromMinutes(5))], channel.Changes.Select(c => c.Since));
    }

    [Fact]
    public async Task Set_WhenStandardWebhooksAreWanted_AddsTheirHeaders()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        ChannelView? view = await channel.Grain.Set(null, true, default);

        await channel.TellAsync();
        await channel.SettleAsync();

        Assert.Equal(new ChannelSettings(true, true), view!.Settings);
        SunkCall call = Assert.Single(channel.Changes);
        Assert.Equal((await channel.LogAsync())[^1].IdFor(channel.Id), call.Header("webhook-id"));
        Assert.StartsWith("v1,", call.Header("webhook-signature"), StringComparison.Ordinal);
        Assert.NotNull(call.Header(NotificationSignature.Header));
    }

    [Fact]
    public async Task Set_WhenNothingIsToBePushed_KeepsDeliveriesToBeFetched()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        await channel.Grain.Set(false, null, default);

        await channel.TellAsync();
        await cluster.UntilAsync(async () => (await channel.LogAsync()).Length == 2, "it lies there");
        await channel.SettleAsync();

        Assert.Empty(channel.Changes);
        DeliveryPage page = (await channel.Grain.Deliveries(1, 10, default))!;
        Assert.Equal((2, DeliveryProgress.Unpushed, 0), (page.Deliveries.Single().Sequence, page.Deliveries[0].Progress, page.Deliveries[0].Attempts));
        Assert.False(page.HasMore);
        Assert.Empty((await channel.Grain.Deliveries(2, 10, default))!.Deliveries);
        Assert.True((await channel.Grain.Deliveries(0, 1, default))!.HasMore);

        // What lies there can be pushed after all.
        await channel.Grain.Set(true, null, default);
        Assert.Equal(ReplayOutcome.Accepted, await channel.Grain.Replay(2, default));
        await channel.SettleAsync();
        Assert.Single(channel.Changes);
    }

    [Fact]
    public async Task Replay_WhenAskedFor_TellsEverythingFromThereOnAsSomethingNew()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        Instant earliest = channel.Now - Duration.FromHours(1);
        foreach (Instant since in new[] { earliest, channel.Now })
        {
            await channel.TellAsync(since: since);
            await channel.SettleAsync();
        }

        Assert.Equal(ReplayOutcome.NotKept, await channel.Grain.Replay(9, default));
        Assert.Equal(ReplayOutcome.NotKept, await channel.Grain.Replay(0, default));
        Assert.Equal(ReplayOutcome.Accepted, await channel.Grain.Replay(2, default));
        await channel.SettleAsync();

        Assert.Equal(3, channel.Changes.Length);
        Assert.Equal(NotificationBody.TextOf(earliest), channel.Changes[^1].Since);
        Assert.Equal(4, (await channel.LogAsync()).Select(d => d.IdFor(channel.Id)).Distinct().Count());
    }

    [Fact]
    public async Task Replay_WhenAskedFromTheFirstTheLastOrNext_TellsWhatIsThere()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        await channel.TellAsync();
        await channel.SettleAsync();

        Assert.Equal(ReplayOutcome.NotKept, await channel.Grain.Replay(3, default));
        Assert.Equal(ReplayOutcome.Accepted, await channel.Grain.Replay(2, default));
        await channel.SettleAsync();
        Assert.Equal(["verification", "change", "change"], channel.Calls.Select(c => c.Type));

        Assert.Equal(ReplayOutcome.NotKept, await channel.Grain.Replay(4, default));
        Assert.Equal(ReplayOutcome.Accepted, await channel.Grain.Replay(1, default));
        await channel.SettleAsync();
        Assert.Equal(["verification", "change"], channel.Calls[3..].Select(c => c.Type));
    }

    [Fact]
    public async Task Deliveries_WhenThereAreMoreThanAHundredOrTheyAreAWeekOld_AreKeptNoLonger()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        await channel.Grain.Set(isPushed: false, null, default);
        for (int i = 0; i < 101; i++)
        {
            await channel.TellAsync();
            await channel.SettleAsync();
        }

        ImmutableArray<Delivery> kept = await channel.LogAsync();
        Assert.Equal((100, 3L, 102L), (kept.Length, kept[0].Sequence, kept[^1].Sequence));
        Assert.Equal(ReplayOutcome.NotKept, await channel.Grain.Replay(2, default));

        await cluster.PassAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(10), TimeSpan.FromHours(4));
        await channel.TellAsync();
        await channel.SettleAsync();
        Assert.Equal(103, Assert.Single(await channel.LogAsync()).Sequence);
        Assert.Equal(ReplayOutcome.NotKept, await channel.Grain.Replay(102, default));
    }

    [Fact]
    public async Task Close_WhenAnswered_LeavesNothingBehind()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);

        await channel.Grain.Close(channel.PersonId, default);
        await channel.Grain.Close(channel.PersonId, default);
        await channel.SettleAsync();
        await channel.TellAsync();
        await cluster.PassAsync(TimeSpan.FromSeconds(40));

        Assert.Empty(channel.Changes);
        Assert.Null(await channel.Grain.View(default));
        Assert.Null(await channel.Grain.Status(default));
        Assert.Null(await channel.Grain.Set(true, true, default));
        Assert.Equal(ReplayOutcome.NotFound, await channel.Grain.Replay(1, default));
        Assert.Null(cluster.Rows.Bytes(StorageNames.Channel, channel.Id));
        Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, channel.PersonId));
        Assert.DoesNotContain(await cluster.Listed.ListAsync("channel", channel.ClientId, null, 9, default), e => e.Key == channel.Id);
    }

    [Fact]
    public async Task CallbackUrl_WhenStored_IsNotReadable()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        byte[] row = cluster.Rows.Bytes(StorageNames.Channel, channel.Id)!;

        Assert.Equal(-1, row.AsSpan().IndexOf("callback-canary"u8));
        await cluster.Vault.DestroyAsync(channel.ClientId, default);
        Assert.Null(await channel.Grain.View(default));
    }
}

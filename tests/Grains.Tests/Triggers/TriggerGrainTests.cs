using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Triggers;

[Collection(SharedCluster.Name)]
public sealed class TriggerGrainTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Subscribe_WhenTheTimeComes_CallsOnceAndSignsWithEachSecret()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        string second = (await scene.Application.AddSecret(default)).Secret!.Text;
        Assert.True(await scene.SubscribeAsync());

        await scene.PassUntilAsync(4.9);
        Assert.Equal(0, scene.Calls);
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");

        Assert.InRange(scene.Now, scene.At(5), scene.At(6));
        Assert.Equal(
            """{"notification":{"type":"event_subscription","transitions":[{"before":"event_start","offset":{"minutes":5}}]},"event":"""
            + $"{{\"event_id\":\"booking-42\",\"calendar_id\":\"{scene.Login.CalendarId}\",\"event_uid\":\"{await UidAsync(scene)}\","
            + $"\"start\":\"{scene.Text(10)}\",\"end\":\"{scene.Text(40)}\"}}}}",
            Assert.Single(scene.Bodies));
        CallbackRequest told = Assert.Single(scene.Told).Request;
        Assert.Equal(scene.ClientId, told.Application);
        string[] expected = [.. new[] { scene.Secret, second }.Select(s =>
            Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(s), told.Body.Span)))];
        Assert.Equal(("Cronofy-HMAC-SHA256", string.Join(',', expected)), (told.Headers.Single().Key, told.Headers.Single().Value));

        await scene.PassUntilAsync(60);
        Assert.Equal(1, scene.Calls);
        Assert.False(scene.IsOwed);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Subscribe_WhenBothEdgesAreWatched_CallsAboutEachInItsTime()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync(
            new Transition(false, EventEdge.End, 2), new Transition(false, EventEdge.Start, 0), new Transition(true, EventEdge.Start, 60));

        await scene.UntilAsync(() => scene.Calls > 0, "its start is told");
        Assert.InRange(scene.Now, scene.At(10), scene.At(11));
        await scene.PassUntilAsync(32);
        Assert.Equal(1, scene.Calls);
        await scene.UntilAsync(() => scene.Calls > 1, "its end is told");

        Assert.InRange(scene.Now, scene.At(42), scene.At(43));
        Assert.Contains("\"after\":\"event_end\"", scene.Bodies[1], StringComparison.Ordinal);
        await scene.EndAsync();
    }

    [Theory]
    [InlineData(20, 15)]
    [InlineData(8, 3)]
    public async Task Event_WhenAPersonMovesIt_IsCalledAboutWhenItIsThen(int minute, int due)
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(1);

        await scene.MoveAtProviderAsync(minute);
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");

        Assert.InRange(scene.Now, scene.At(due), scene.At(due + 1));
        await scene.PassUntilAsync(40);
        Assert.Equal([scene.Text(minute)], scene.Starts());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Event_WhenItIsMovedAheadAfterItsCall_IsCalledAboutAgain()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");

        await scene.MoveAtProviderAsync(30);
        await scene.UntilAsync(() => scene.Calls > 1, "it is called again");

        Assert.Equal([scene.Text(10), scene.Text(30)], scene.Starts());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Event_WhenItIsMovedIntoThePast_IsNotCalledAbout()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(2);

        await scene.MoveAtProviderAsync(1);
        await scene.PassUntilAsync(30);

        Assert.Equal(0, scene.Calls);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Event_WhenItsApplicationMovesItAndNobodyHeard_IsAskedForBeforeItIsCalledAbout()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(1);

        await scene.PutAsync(20);
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");

        Assert.Equal([scene.Text(20)], scene.Starts());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Event_WhenItIsGoneAtTheProvider_IsNotCalledAboutAndNothingIsLeft()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(1);

        await scene.RemoveAtProviderAsync();
        await scene.UntilAsync(() => !scene.IsStored, "it is forgotten");
        await scene.PassUntilAsync(8);

        Assert.Equal(0, scene.Calls);
        await AssertNobodyListensAsync(scene);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Unsubscribe_BeforeItIsDue_CallsNobodyAndLeavesNothing()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(1);

        await scene.Triggers.Unsubscribe(scene.ClientId, TriggerScene.EventId, default);
        await scene.UntilAsync(() => !scene.IsStored, "it is forgotten");
        await scene.PassUntilAsync(8);

        Assert.Equal(0, scene.Calls);
        await AssertNobodyListensAsync(scene);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Subscribe_WhenItIsRepeated_WritesNothingAndCallsOnce()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(1);
        int writes = Writes(scene);

        Assert.True(await scene.SubscribeAsync());
        await scene.PassUntilAsync(2);

        Assert.Equal(writes, Writes(scene));
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");
        Assert.True(await scene.SubscribeAsync());
        await scene.PassUntilAsync(8);
        Assert.Equal(1, scene.Calls);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Subscribe_WhenSomethingIsReplaced_KeepsWhatStaysAndForgetsWhatDoesNot()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync(TriggerScene.FiveBefore, new Transition(true, EventEdge.Start, 4));
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");

        await scene.SubscribeAsync(TriggerScene.FiveBefore, new Transition(true, EventEdge.Start, 2));
        await scene.UntilAsync(() => scene.Calls > 1, "it is called again");
        await scene.PassUntilAsync(15);

        Assert.Equal(["\"minutes\":5", "\"minutes\":2"], scene.Bodies
            .Select(b => b[b.IndexOf("\"minutes\"", StringComparison.Ordinal)..b.IndexOf('}', StringComparison.Ordinal)]));
        await scene.EndAsync();
    }

    [Fact]
    public async Task Event_WhenItRepeats_IsCalledAboutEachTime()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.PutAsync(10, new RecurrenceRule { Frequency = RecurrenceFrequency.Daily, Count = 3 });
        await scene.Login.UntilSyncedAsync();
        await scene.SubscribeAsync();

        for (int day = 0; day < 3; day++)
        {
            int calls = day;
            while (scene.Now < scene.At((day * 24 * 60) - 30))
            {
                await cluster.PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
            }

            Assert.Equal(calls, scene.Calls);
            await scene.UntilAsync(() => scene.Calls > calls, $"day {day} is called about", minutes: 40);
            Assert.InRange(scene.Now, scene.At((day * 24 * 60) + 5), scene.At((day * 24 * 60) + 6));
        }

        Assert.Equal([scene.Text(10), scene.Text(10 + (24 * 60)), scene.Text(10 + (48 * 60))], scene.Starts());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Grant_WhenItIsTakenBack_EndsItsTriggers()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(1);

        await scene.Login.Person.RemoveGrant(scene.GrantId, default);
        await scene.UntilAsync(() => !scene.IsStored, "it is forgotten");

        Assert.Equal(0, scene.Calls);
        await AssertNobodyListensAsync(scene);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Grant_WhenItIsTakenBackAndTriggersAreWoken_EndsThemAtOnce()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster, minute: 24 * 60);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(1);

        await scene.Login.Person.RemoveGrant(scene.GrantId, default);
        await scene.Triggers.Wake(default);
        await scene.UntilAsync(() => !scene.IsStored, "it is forgotten", minutes: 1);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Calendar_WhenItIsForgotten_EndsItsTriggers()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(1);

        await scene.Login.Connection.Revoke(default);
        await scene.UntilAsync(() => !scene.IsStored, "it is forgotten");

        Assert.Equal(0, scene.Calls);
        await AssertNobodyListensAsync(scene);
    }

    [Fact]
    public async Task Subscribe_WhenTheCalendarIsFull_IsRefusedUntilSomethingIsOver()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        Transition[] fifty = [.. Enumerable.Range(1, 50).Select(i => new Transition(true, EventEdge.Start, i))];
        for (int i = 0; i < SubscriptionLimits.EventTransitions / 50; i++)
        {
            await scene.PutOtherAsync($"e{i}", 24 * 60);
            Assert.True(await scene.Triggers.Subscribe(scene.Request($"e{i}", fifty), default));
        }

        Assert.False(await scene.Triggers.HasRoom(scene.Request(TriggerScene.EventId, TriggerScene.FiveBefore), default));
        Assert.False(await scene.SubscribeAsync());
        Assert.True(await scene.Triggers.Subscribe(scene.Request("e0", fifty), default));

        // Nothing is ahead of it any more.
        await scene.PutOtherAsync("e7", -24 * 60);
        await scene.Triggers.Subscribe(scene.Request("e0", fifty), default);
        await cluster.UntilAsync(
            () => scene.Triggers.HasRoom(scene.Request(TriggerScene.EventId, TriggerScene.FiveBefore), default), "there is room");
        Assert.True(await scene.SubscribeAsync());
        await scene.EndAsync();
    }

    private int Writes(TriggerScene scene) =>
        cluster.Rows.Writes.Count(w => w.State == StorageNames.Trigger && w.Key == scene.TriggerKey);

    private static async Task<string> UidAsync(TriggerScene scene) =>
        Assert.Single((await scene.Login.ReadAsync(client: scene.ClientId)).Entries).Uid;

    /// <summary>A person without listeners stores nothing of what they are told.</summary>
    private async Task AssertNobodyListensAsync(TriggerScene scene)
    {
        await scene.Login.Person.Tell(
            new PersonNews(NewsKind.Changed, "cal_x", scene.Login.ConnectionId, 1, scene.Now, []), default);
        Assert.Null(cluster.Rows.Bytes(StorageNames.PersonFeed, scene.Login.PersonId));
    }
}

using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces.Triggers;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Triggers;

/// <summary>Activations end, storage fails, callbacks refuse: nobody is called too little.</summary>
[Collection(SharedCluster.Name)]
public sealed class TriggerLossTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Trigger_WhenItsActivationIsLost_IsWokenByItsNetInTime()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(2);

        await cluster.Silos.DeactivateAsync(scene.Triggers);
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");

        Assert.InRange(scene.Now, scene.At(5), scene.At(7));
        await scene.PassUntilAsync(20);
        Assert.Equal(1, scene.Calls);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Trigger_WhenItsActivationIsLostRightAfterSubscribing_IsWokenByItsNet()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        Instant begin = scene.Now;
        cluster.Rows.FailBefore = w => w.Key == scene.TriggerKey && scene.Now == begin && IsStored(scene);
        await scene.SubscribeAsync();
        await cluster.Silos.DeactivateAsync(scene.Triggers);
        cluster.Rows.FailBefore = null;

        await scene.UntilAsync(() => scene.Calls > 0, "it is called");

        Assert.InRange(scene.Now, scene.At(5), scene.At(7));
        await scene.EndAsync();
    }

    [Fact]
    public async Task Trigger_WhenStorageFailsForAWhile_CallsLateAndOnce()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        await scene.SubscribeAsync();
        await scene.PassUntilAsync(2);
        cluster.Rows.FailBefore = w => w.State is StorageNames.TriggerCall;
        await scene.PassUntilAsync(12);
        Assert.Equal(0, scene.Calls);

        cluster.Rows.FailBefore = null;
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");
        await scene.PassUntilAsync(30);

        Assert.Equal(1, scene.Calls);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Trigger_WhenTheProcessEndsAtAnyDurableStep_CallsWithTheSameBytes()
    {
        int steps = await RunAsync(failAt: int.MaxValue, isAfter: false);
        Assert.InRange(steps, 4, 12);
        for (int step = 1; step <= steps; step++)
        {
            await RunAsync(step, isAfter: false);
            await RunAsync(step, isAfter: true);
        }
    }

    [Fact]
    public async Task Call_WhenItIsRefused_IsRepeatedWithTheSameBytesUntilItIsTaken()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        cluster.Sink.Answer(scene.Address, CallbackOutcome.Refused, 500);
        await scene.SubscribeAsync();
        await scene.UntilAsync(() => scene.Calls > 3, "it is tried again", minutes: 60);
        Assert.True(scene.IsOwed);

        cluster.Sink.Answer(scene.Address, CallbackOutcome.Accepted, 204);
        await scene.UntilAsync(() => !scene.IsOwed, "it is taken", minutes: 60);

        Assert.Single(scene.Bodies.Distinct());
        Assert.Single(scene.Told.Select(c => c.Request.Headers.Single().Value).Distinct());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Call_WhenItsActivationIsLostBetweenAttempts_IsRepeatedByTheSweep()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        cluster.Sink.Answer(scene.Address, CallbackOutcome.Unreachable, 0);
        await scene.SubscribeAsync();
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");
        string key = cluster.Rows.Writes.Last(w => w.State == StorageNames.TriggerCall).Key;
        ITriggerCallGrain call = cluster.Grains.GetGrain<ITriggerCallGrain>(key);
        await cluster.Silos.DeactivateAsync(call);
        int before = scene.Calls;
        cluster.Sink.Answer(scene.Address, CallbackOutcome.Accepted, 200);
        await scene.PassUntilAsync(10);
        Assert.Equal(before, scene.Calls);

        // What the sweep does with a row that is left.
        await call.Wake(default);
        await scene.UntilAsync(() => !scene.IsOwed, "it is taken");

        Assert.Equal(before + 1, scene.Calls);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Call_WhenNobodyWantsItAnyMore_IsDropped()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        cluster.Sink.Answer(scene.Address, CallbackOutcome.Gone, 410);
        await scene.SubscribeAsync();
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");
        await scene.UntilAsync(() => !scene.IsOwed, "it is dropped", minutes: 1);

        await scene.PassUntilAsync(60);
        Assert.Equal(1, scene.Calls);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Call_WhenItsGrantIsTakenBackMeanwhile_IsNotTriedAgain()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        cluster.Sink.Answer(scene.Address, CallbackOutcome.TimedOut, 0);
        await scene.SubscribeAsync();
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");

        await scene.Login.Person.RemoveGrant(scene.GrantId, default);
        await scene.UntilAsync(() => !scene.IsOwed, "it is dropped", minutes: 60);

        int calls = scene.Calls;
        await scene.PassUntilAsync(60);
        Assert.Equal(calls, scene.Calls);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Post_WhenItIsRepeated_IsOneCall()
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        ITriggerCallGrain call = cluster.Grains.GetGrain<ITriggerCallGrain>($"dlv_twice{scene.GrantId}");
        PostedCall posted = new(scene.Login.PersonId, scene.GrantId, scene.ClientId, scene.Address, [.. "{\"a\":1}"u8]);

        await call.Post(posted, default);
        await call.Post(posted with { Body = [.. "{}"u8] }, default);
        await scene.UntilAsync(() => scene.Calls > 0, "it is called");
        await call.Post(posted, default);
        await scene.PassUntilAsync(2);

        Assert.Equal(["{\"a\":1}"], scene.Bodies);
        await scene.EndAsync();
    }

    private bool IsStored(TriggerScene scene) => cluster.Rows.Bytes(StorageNames.Trigger, scene.TriggerKey) is not null;

    private async Task<int> RunAsync(int failAt, bool isAfter)
    {
        TriggerScene scene = await TriggerScene.MakeAsync(cluster);
        int seen = 0;
        bool isDead = false;
        List<StoredRows.Write> writes = [];
        bool IsOurs(StoredRows.Write write) => write.Key == scene.TriggerKey || write.State == StorageNames.TriggerCall;

        // Once dead, nothing more becomes durable until the next activation.
        cluster.Rows.FailBefore = w =>
        {
            lock (writes)
            {
                if (!IsOurs(w) || isDead)
                {
                    return isDead && IsOurs(w);
                }

                writes.Add(w);
                return isDead = ++seen == failAt && !isAfter;
            }
        };
        cluster.Rows.FailAfter = w =>
        {
            lock (writes)
            {
                return IsOurs(w) && !isDead && (isDead = isAfter && seen == failAt);
            }
        };
        bool isSubscribed;
        try
        {
            isSubscribed = await TryAsync(scene);
            await scene.UntilAsync(() => isDead || (scene.Calls > 0 && !scene.IsOwed), $"it is through or dead at {failAt}");
        }
        finally
        {
            cluster.Rows.FailBefore = null;
            cluster.Rows.FailAfter = null;
        }

        if (isDead)
        {
            await cluster.Silos.DeactivateAsync(scene.Triggers);
            foreach (string key in writes.Where(w => w.State == StorageNames.TriggerCall).Select(w => w.Key).Distinct())
            {
                ITriggerCallGrain call = cluster.Grains.GetGrain<ITriggerCallGrain>(key);
                await cluster.Silos.DeactivateAsync(call);
                await call.Wake(default);
            }

            Assert.True(isSubscribed || await TryAsync(scene));
        }

        string where = $"{(isAfter ? "after" : "before")} step {failAt}: {string.Join(", ", writes)}";
        await scene.UntilAsync(() => scene.Calls > 0 && !scene.IsOwed, $"it is called, dead {where}");
        Assert.True(scene.Now <= scene.At(7), where);
        await scene.PassUntilAsync(20);
        Assert.True(scene.Bodies.Distinct().Count() == 1, where);

        // Twice only where it was taken and the process ended before anybody wrote that down.
        Assert.True(scene.Calls == 1 || (isDead && scene.Calls == 2), where);
        int durable = seen;
        await scene.EndAsync();
        return durable;
    }

    private static async Task<bool> TryAsync(TriggerScene scene)
    {
        try
        {
            return await scene.SubscribeAsync();
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            return false;
        }
    }
}

using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Schedules;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Interfaces.Triggers;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Grants;

[Collection(SharedCluster.Name)]
public sealed class GrantHoldsTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Upsert_WhenTheEventIsAcceptedAndItsCallsAreNot_UsesTheHold()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        long start = Instant.FromUtc(2026, 2, 2, 8, 0).ToUnixTimeSeconds();
        string key = GrainKeys.Hold(cluster.Keys, TestLogin.Client, "h");
        Assert.Equal(HoldOutcome.Held, await cluster.Grains.Schedule(login.PersonId).Hold(
            new HoldTime(key, TestLogin.Client, [login.CalendarId], start, start + 3_600, Now + 600), default));
        IGrainFactory full = Intercepted<IGrainFactory>.Of(
            cluster.Grains, (_, grain) => grain is ITriggerGrain triggers ? Full(triggers) : grain);
        GrantHolds holds = new(full, new GrantWrites(full), cluster.Keys);
        CheckedGrant grant = new("acc_1", TestLogin.Client, login.PersonId, Scopes.CreateEvent, null, new RememberedPerson(), []);
        EventChange change = TestLogin.Change("Ours") with
        {
            Subscriptions = Change<ImmutableArray<EventSubscription>>.To(
                [new EventSubscription("https://example.com/", [new Transition(true, EventEdge.Start, 5)])]),
        };

        Assert.Equal(GrantOutcome.Invalid, (await holds.UpsertEvent(grant, login.CalendarId, "e", change, "h", default)).Outcome);

        Assert.Equal("e", Assert.Single((await login.ReadAsync()).Entries).EventId);
        GrantAnswer<Done> other = await holds.UpsertEvent(grant, login.CalendarId, "other", TestLogin.Change("Other"), "h", default);
        Assert.Equal("hold_id", Assert.Single(other.Errors).Field);
        await login.Connection.Revoke(default);

        // Somebody else's calls have taken the room that there was.
        ITriggerGrain Full(ITriggerGrain triggers) => Intercepted<ITriggerGrain>.Of(
            triggers, (method, answer) => method.Name == nameof(ITriggerGrain.Subscribe) ? Task.FromResult(false) : answer);
    }

    private long Now => cluster.Time.GetUtcNow().ToUnixTimeSeconds();
}

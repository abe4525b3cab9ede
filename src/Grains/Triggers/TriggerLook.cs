using System.Collections.Immutable;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Triggers;

/// <summary>What a look at one event comes to.</summary>
/// <param name="Before">As it was.</param>
/// <param name="After">As it is once <paramref name="Fired"/> is stored for delivery; null when it goes.</param>
/// <param name="Fired">Whom to call about what.</param>
internal sealed record TriggerLook(
    TriggeredEvent Before, TriggeredEvent? After, ImmutableArray<(StoredSubscription By, Transition Transition, Armed Armed)> Fired)
{
    /// <summary>It goes, and nobody is called.</summary>
    public static TriggerLook Dropped(TriggeredEvent before) => new(before, null, []);

    /// <summary>It goes; who should have been called by now is.</summary>
    public static TriggerLook Last(TriggeredEvent before, Instant now) => new(
        before,
        null,
        [
            .. from subscription in before.Subscriptions
               from stored in subscription.Transitions
               where stored.Progress.Armed?.Due <= now
               select (subscription, stored.Transition, stored.Progress.Armed),
        ]);

    /// <summary>Looks at what the calendar says now.</summary>
    /// <param name="triggerKey">Whose event it is.</param>
    /// <param name="before">As it was.</param>
    /// <param name="times">What the calendar says.</param>
    /// <param name="now">The clock, read before the calendar was asked or later.</param>
    public static TriggerLook At(string triggerKey, TriggeredEvent before, ManagedTimes times, Instant now)
    {
        var fired = ImmutableArray.CreateBuilder<(StoredSubscription, Transition, Armed)>();
        TriggeredEvent after = before with
        {
            Subscriptions =
            [
                .. before.Subscriptions.Select(subscription => subscription with
                {
                    Transitions = [.. subscription.Transitions.Select(stored =>
                    {
                        TransitionStep step = TransitionRules.Step(
                            stored.Progress,
                            stored.Transition,
                            times.Happenings,
                            times.Changed ?? now,
                            now,
                            TriggerParts.SpreadOf(triggerKey, before, stored.Transition));
                        fired.AddRange(step.Fired.Select(armed => (subscription, stored.Transition, armed)));
                        return stored.Progress == step.Progress ? stored : stored with { Progress = step.Progress };
                    })],
                }),
            ],
        };
        bool isKept = !after.IsOver || (times.Exists
            && (times.IsSeries || after.SettledThrough + SubscriptionLimits.KeptAfterLast > now));
        bool isSame = isKept && after.Transitions.SequenceEqual(before.Transitions);
        return new TriggerLook(before, isSame ? before : isKept ? after : null, fired.DrainToImmutable());
    }
}

using System.Collections.Immutable;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces.Triggers;

namespace CalendarActors.Grains.Triggers;

/// <summary>Makes room for an event's subscriptions among those of a calendar.</summary>
internal static class TriggerRoom
{
    // What an envelope adds to an address.
    private const int SealBytes = 64;

    /// <summary>The other events that may stay; null when they leave no room.</summary>
    /// <remarks>Those that are over and are only kept because they may move give way, the longest over first.</remarks>
    public static ImmutableArray<TriggeredEvent>? For(SubscribeEvent request, TriggerState state)
    {
        ImmutableArray<TriggeredEvent> others =
            state.Events.RemoveAll(e => e.ClientId == request.ClientId && e.EventId == request.EventId);
        while (!Fits(request, others))
        {
            if (others.Where(e => e.IsOver).MinBy(e => e.SettledThrough) is not { } over)
            {
                return null;
            }

            others = others.Remove(over);
        }

        return others;
    }

    private static bool Fits(SubscribeEvent request, ImmutableArray<TriggeredEvent> others) =>
        others.Length < SubscriptionLimits.Events
        && others.Sum(e => e.Transitions.Count()) + request.Subscriptions.Sum(s => s.Transitions.Length)
            <= SubscriptionLimits.EventTransitions
        && others.Sum(e => e.AddressBytes) + request.Subscriptions.Sum(s => s.Address.Length + SealBytes)
            <= SubscriptionLimits.AddressBytes;
}

using System.Collections.Immutable;

namespace CalendarActors.Domain.Triggers;

/// <summary>An application asks to be called about one of its managed events.</summary>
/// <param name="Address">The callback's URL; it may hold a secret.</param>
/// <param name="Transitions">When, each once; 1 to <see cref="SubscriptionLimits.Transitions"/>.</param>
public sealed record EventSubscription(string Address, ImmutableArray<Transition> Transitions)
{
    /// <summary>Prints no address.</summary>
    public override string ToString() => $"EventSubscription({Transitions.Length})";
}

using CalendarActors.Domain.Triggers;

namespace CalendarActors.Grains.Triggers;

/// <summary>A transition and how far it has come, as stored.</summary>
/// <param name="Transition">Which.</param>
/// <param name="Progress">How far.</param>
[GenerateSerializer, Immutable, Alias("stored-transition")]
internal sealed record StoredTransition(
    [property: Id(0)] Transition Transition, [property: Id(1)] TransitionProgress Progress);

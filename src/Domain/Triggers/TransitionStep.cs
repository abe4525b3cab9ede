using System.Collections.Immutable;

namespace CalendarActors.Domain.Triggers;

/// <summary>What follows from a look at an event.</summary>
/// <param name="Progress">As it is once <paramref name="Fired"/> is stored for delivery.</param>
/// <param name="Fired">What to call about, by time; empty for nothing.</param>
public sealed record TransitionStep(TransitionProgress Progress, ImmutableArray<Armed> Fired);

using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Gateway.Availability;

/// <summary>A question for meetings that follow each other, and its answer.</summary>
/// <param name="Asked">The question.</param>
/// <param name="Ids">The steps' ids as JSON.</param>
/// <param name="Answer">The answer.</param>
internal readonly record struct AnsweredSequence(SequenceRequest Asked, IReadOnlyList<string> Ids, SequenceAnswer Answer);

using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Gateway.Availability;

/// <summary>A question and its answer.</summary>
/// <param name="Asked">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="AsPeriods">True when the times are to be called periods.</param>
/// <param name="WithStatuses">True when it was asked how well each member's time is known.</param>
internal readonly record struct AnsweredQuestion(AvailabilityRequest Asked, AvailabilityAnswer Answer, bool AsPeriods, bool WithStatuses);

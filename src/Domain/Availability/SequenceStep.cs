namespace CalendarActors.Domain.Availability;

/// <summary>One meeting of a sequence.</summary>
/// <param name="Query">Who, how long and where it might begin. Its format and number of results do not matter.</param>
/// <param name="Ordinal">Steps with lower ones come earlier; equal ones, and those without, come in any order.</param>
/// <param name="Before">How far behind the step before it must begin.</param>
/// <param name="After">How far behind it the next step must begin.</param>
public sealed record SequenceStep(AvailabilityQuery Query, int? Ordinal, Gap Before, Gap After);

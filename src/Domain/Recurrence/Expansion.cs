using System.Collections.Immutable;

namespace CalendarActors.Domain.Recurrence;

/// <summary>The happenings of one event inside a window.</summary>
/// <param name="Occurrences">Ordered by start; cancelled ones left out.</param>
/// <param name="IsTruncated">
/// True when the work allowed was used up before the window ended: what is listed is right, but more may exist.
/// </param>
public sealed record Expansion(ImmutableArray<Occurrence> Occurrences, bool IsTruncated);

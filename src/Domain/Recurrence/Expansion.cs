using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>The happenings of one event inside a window.</summary>
/// <param name="Occurrences">Ordered by start; cancelled ones left out.</param>
/// <param name="UnknownFrom">
/// Null when all are listed. Otherwise the work allowed was used up: what is listed is right, but from this moment to
/// the window's end more may exist, so that time is unknown, not free.
/// </param>
public sealed record Expansion(ImmutableArray<Occurrence> Occurrences, Instant? UnknownFrom)
{
    /// <summary>True when some may be missing.</summary>
    public bool IsTruncated => UnknownFrom is not null;
}

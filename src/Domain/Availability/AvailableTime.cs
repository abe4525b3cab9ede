using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>A time at which people can meet.</summary>
/// <param name="Start">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="End">Exclusive; likewise.</param>
/// <param name="Members">Everybody who is free throughout, whether needed or not: numbers, in the order of the groups, each once.</param>
public sealed record AvailableTime(long Start, long End, ImmutableArray<int> Members);

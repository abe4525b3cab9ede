using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>Times for meetings that follow each other.</summary>
/// <param name="Sequences">In the order of their first starts.</param>
/// <param name="IsTruncated">True when there were more possibilities than are looked at: some may be missing, and the last may not be the best.</param>
public sealed record FoundSequences(ImmutableArray<ImmutableArray<SequenceSlot>> Sequences, bool IsTruncated);

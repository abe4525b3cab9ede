using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>Members of whom some must be free at the same time.</summary>
/// <param name="Required">How many: 1 or more. More than there are members can never be met.</param>
/// <param name="Members">Their numbers among the members of the query, each once.</param>
public sealed record MemberGroup(int Required, ImmutableArray<int> Members);

using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>One reason why a meeting cannot begin at some moment.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Member">Whose: the number among the query's members; null when it is nobody's.</param>
/// <param name="When">What is in the way: the busy block, or the full day; null where there is no such thing.</param>
public sealed record Obstacle(ObstacleKind Kind, int? Member, Stretch? When)
{
    /// <summary>Which of <see cref="MemberCauses.Limits"/> it is.</summary>
    public int? Limit { get; init; }

    /// <summary>Which of <see cref="MemberCauses.Events"/> keep the member busy then, as far as they are told.</summary>
    public ImmutableArray<int> Events { get; init; } = [];
}

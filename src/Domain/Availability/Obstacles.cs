using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>Says why a meeting cannot begin at some moment.</summary>
public static class Obstacles
{
    /// <summary>Every member's every obstacle, and whether the start was asked about at all.</summary>
    /// <remarks>Where a group needs only some, an obstacle of one member need not stand in the way of the meeting.</remarks>
    /// <param name="query">What was asked.</param>
    /// <param name="members">As given to <see cref="AvailabilitySearch.Find"/>.</param>
    /// <param name="start">The start in doubt; seconds since 1970-01-01T00:00:00Z.</param>
    public static ImmutableArray<Obstacle> To(AvailabilityQuery query, ImmutableArray<MemberTime> members, long start)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = ImmutableArray.CreateBuilder<Obstacle>();
        int number = query.Starts.FirstAtOrAfter(start);
        if (number == query.Starts.Count || query.Starts[number] != start)
        {
            found.Add(new Obstacle(ObstacleKind.NotAsked, null, null));
        }

        Stretch meeting = new(start, start + query.Duration);
        Stretch buffered = new(start - query.BufferBefore, meeting.End + query.BufferAfter);
        for (int i = 0; i < members.Length; i++)
        {
            MemberTime member = members[i];
            if (member.Open?.Covers(meeting) == false)
            {
                found.Add(new Obstacle(ObstacleKind.Closed, i, null));
            }

            if (member.Known.FirstIn(meeting) is { } busy)
            {
                found.Add(new Obstacle(ObstacleKind.Busy, i, busy));
            }
            else if (member.Known.FirstIn(buffered) is { } close)
            {
                found.Add(new Obstacle(ObstacleKind.Buffer, i, close));
            }
            else if (member.Busy.FirstIn(buffered) is { } unknown)
            {
                found.Add(new Obstacle(ObstacleKind.Unknown, i, unknown));
            }

            if (member.Full.FirstIn(new Stretch(start, start + 1)) is { } full)
            {
                found.Add(new Obstacle(ObstacleKind.Full, i, full));
            }
        }

        return found.DrainToImmutable();
    }

    /// <summary>True when the meeting can be although these obstacles are there.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="obstacles">All that there are at a start, from <see cref="To"/>.</param>
    public static bool Allow(AvailabilityQuery query, ImmutableArray<Obstacle> obstacles)
    {
        ArgumentNullException.ThrowIfNull(query);
        return obstacles.All(o => o.Kind != ObstacleKind.NotAsked)
            && query.Groups.All(g => g.Members.Count(m => obstacles.All(o => o.Member != m)) >= g.Required);
    }
}

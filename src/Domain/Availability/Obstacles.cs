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
            found.AddRange(Of(members[i], meeting, buffered).Select(o => o with { Member = i }));
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

    private static IEnumerable<Obstacle> Of(MemberTime member, Stretch meeting, Stretch buffered)
    {
        MemberCauses causes = MemberCauses.Of(member);
        if (causes.Periods?.Covers(meeting) == false)
        {
            yield return new Obstacle(ObstacleKind.OutsidePeriods, null, null);
        }

        if (causes.Managed?.Covers(meeting) == false)
        {
            yield return new Obstacle(ObstacleKind.OutsideManaged, null, null);
        }

        if (Engaged(member, causes, meeting, buffered) is { } engaged)
        {
            yield return engaged;
        }

        for (int limit = 0; limit < causes.Limits.Length; limit++)
        {
            if (causes.Limits[limit].FirstIn(new Stretch(meeting.Start, meeting.Start + 1)) is { } full)
            {
                yield return new Obstacle(ObstacleKind.Full, null, full) { Limit = limit };
            }
        }
    }

    /// <summary>What takes the member's time then: what is known before what is only held, and that before what is not known.</summary>
    private static Obstacle? Engaged(MemberTime member, MemberCauses causes, Stretch meeting, Stretch buffered)
    {
        if (causes.Known.FirstIn(meeting) is { } busy)
        {
            return new Obstacle(ObstacleKind.Busy, null, busy) { Events = In(causes.Events, meeting) };
        }

        if (causes.Known.FirstIn(buffered) is { } close)
        {
            return new Obstacle(ObstacleKind.Buffer, null, close) { Events = In(causes.Events, buffered) };
        }

        return causes.Held.FirstIn(buffered) is { } held ? new Obstacle(ObstacleKind.Held, null, held)
            : member.Busy.FirstIn(buffered) is { } unknown ? new Obstacle(ObstacleKind.Unknown, null, unknown)
            : null;
    }

    private static ImmutableArray<int> In(ImmutableArray<Stretch> events, Stretch time) =>
        [.. Enumerable.Range(0, events.Length).Where(i => !events[i].IsEmpty && events[i].Start < time.End && events[i].End > time.Start)];
}

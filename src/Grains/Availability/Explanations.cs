using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Grains.Availability;

/// <summary>Says why starts are not offered, in the words of whoever asked: fields of the question, rules, events.</summary>
internal static class Explanations
{
    /// <summary>What a member's time is made of; null when nothing is to be explained.</summary>
    public static MemberCauses? CausesOf(MemberQuery query, MemberTimes times) => times.Reasons is not { } reasons
        ? null
        : new MemberCauses(
            query.Periods.IsDefault ? null : TimeSet.OfEdges(query.Periods),
            reasons.Managed is { } managed ? TimeSet.OfEdges(managed.Edges) : null,
            TimeSet.OfEdges(reasons.Known),
            TimeSet.OfEdges(reasons.Held),
            [.. reasons.Limits.Select(TimeSet.OfEdges)],
            [.. reasons.Events.Select(e => Stretch.Covering(e.StartsAt, e.EndsAt))]);

    /// <summary>Explains one start.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="query">The same.</param>
    /// <param name="times">What each member's grant told.</param>
    /// <param name="members">The same.</param>
    /// <param name="start">The start.</param>
    public static StartExplanation Of(
        AvailabilityRequest request, AvailabilityQuery query, MemberTimes[] times, ImmutableArray<MemberTime> members, long start)
    {
        // Further away than what members were asked about, nothing of their time is known but that it was not asked about.
        bool isKnown = request.Members.All(m => m.Query.From <= start - query.BufferBefore
            && m.Query.To >= start + query.Duration + query.BufferAfter);
        ImmutableArray<Obstacle> obstacles = Obstacles.To(query, isKnown ? members : [], start);
        return new StartExplanation(
            start,
            Obstacles.Allow(query, obstacles),
            [.. obstacles.Select(o => Named(o, o.Member is { } m ? (request.Members[m], times[m].Reasons) : default))]);
    }

    private static StartObstacle Named(Obstacle obstacle, (AvailabilityMember Member, MemberReasons? Reasons) whose) => new(
        obstacle.Kind,
        obstacle.Member,
        obstacle.When?.Start,
        obstacle.When?.End,
        obstacle.Kind switch
        {
            ObstacleKind.OutsidePeriods => $"{whose.Member.Field}.available_periods",
            ObstacleKind.Full when obstacle.Limit is { } limit => $"{whose.Member.Field}.availability_constraints[{limit}]",
            _ => null,
        },
        obstacle.Kind is ObstacleKind.OutsideManaged ? whose.Reasons?.Managed?.RuleIds ?? default : default,
        [.. obstacle.Events.Select(i => whose.Reasons!.Events[i])]);
}

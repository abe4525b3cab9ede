using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>What a <see cref="MemberTime"/> is made of.</summary>
/// <param name="Periods">Those that the question gives the member; null for no such bound. One part of what is open.</param>
/// <param name="Managed">What is kept for the member as rules and periods; null when it does not count. The other part.</param>
/// <param name="Known">When they are known to be busy. Of what is neither this nor held, nobody knows whether they are.</param>
/// <param name="Held">Time that is kept for a meeting which is not written yet.</param>
/// <param name="Limits">The days or weeks that are full, of each constraint.</param>
/// <param name="Events">What keeps them busy, as far as it is told.</param>
public sealed record MemberCauses(
    TimeSet? Periods,
    TimeSet? Managed,
    TimeSet Known,
    TimeSet Held,
    ImmutableArray<TimeSet> Limits,
    ImmutableArray<Stretch> Events)
{
    /// <summary>As little as the time itself says.</summary>
    public static MemberCauses Of(MemberTime time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.Causes ?? new MemberCauses(time.Open, null, time.Busy, TimeSet.Empty, [time.Full], []);
    }
}

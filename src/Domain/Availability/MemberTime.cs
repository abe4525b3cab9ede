namespace CalendarActors.Domain.Availability;

/// <summary>When one person, or a room, can be met.</summary>
/// <param name="Open">The whole meeting must lie in it; null for no such bound.</param>
/// <param name="Busy">No moment of the meeting, nor of its buffers, may lie in it.</param>
/// <param name="Full">The meeting must not begin in it: days or weeks that have as many as they may.</param>
public sealed record MemberTime(TimeSet? Open, TimeSet Busy, TimeSet Full)
{
    /// <summary>What these are made of, for those who ask why; null when nobody does.</summary>
    public MemberCauses? Causes { get; init; }
}

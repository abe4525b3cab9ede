namespace CalendarActors.Domain.Availability;

/// <summary>When one member can be met.</summary>
/// <param name="Open">The whole meeting must lie in it; null for no such bound.</param>
/// <param name="Busy">No moment of the meeting, nor of its buffers, may lie in it.</param>
/// <param name="Full">The meeting must not begin in it: days or weeks that have as many as they may.</param>
public sealed record MemberTime(TimeSet? Open, TimeSet Busy, TimeSet Full)
{
    /// <summary>The part of <see cref="Busy"/> in which they are known to be; of the rest nobody knows whether they are.</summary>
    public TimeSet Known { get; init; } = Busy;
}

using NodaTime;

namespace CalendarActors.Domain.Time;

/// <summary>One zone's wall clock: turns wall seconds into instants and back without allocating.</summary>
/// <remarks>
/// Remembers the last stretch of constant offset, in which nearly all times of a window lie. Within two days of the
/// ends of what NodaTime represents the offset counts as zero, so that no time written into a calendar, such as
/// 9999-12-31T23:59:59, can overflow. Not thread-safe: it lives as long as one expansion.
/// </remarks>
internal sealed class WallClock(DateTimeZone zone)
{
    private static readonly Duration Margin = Duration.FromHours(26);
    private static readonly Duration Edge = Duration.FromDays(2);
    private static readonly Instant First = Instant.MinValue + Edge;
    private static readonly Instant Last = Instant.MaxValue - Edge;

    private Offset _offset;
    private Instant _steadyFrom = Instant.MaxValue;
    private Instant _steadyTo = Instant.MinValue;

    internal DateTimeZone Zone { get; } = zone;

    /// <summary>The instant of a wall time: after a gap shifted by its length, of two the earlier.</summary>
    internal Instant ToInstant(LocalDateTime local)
    {
        Instant asUtc = local.InUtc().ToInstant();
        return IsSteady(asUtc) ? asUtc - Duration.FromSeconds(_offset.Seconds)
            : IsNearTheEnds(asUtc) ? asUtc
            : CalendarTime.Floating(local).ToInstant(Zone);
    }

    /// <summary>The first instant of a day.</summary>
    internal Instant ToStartOfDay(LocalDate date)
    {
        Instant asUtc = date.AtMidnight().InUtc().ToInstant();
        return IsSteady(asUtc) ? asUtc - Duration.FromSeconds(_offset.Seconds)
            : IsNearTheEnds(asUtc) ? asUtc
            : CalendarTime.OnDate(date).ToInstant(Zone);
    }

    internal LocalDateTime ToLocal(Instant instant)
    {
        if (IsNearTheEnds(instant))
        {
            return instant.InUtc().LocalDateTime;
        }

        Offset offset = IsSteady(instant) ? _offset : Zone.GetUtcOffset(instant);
        return instant.WithOffset(offset).LocalDateTime;
    }

    internal long ToWall(Instant instant) =>
        Math.Clamp(WallSeconds.Of(ToLocal(instant)), WallSeconds.Min, WallSeconds.Max);

    /// <summary>
    /// How far a wall time near <paramref name="instant"/> may be from that of its own instant, either way: zero but
    /// near a change of offset.
    /// </summary>
    internal long SlackSeconds(Instant instant)
    {
        if (IsNearTheEnds(instant) || IsSteady(instant))
        {
            return 0;
        }

        NodaTime.TimeZones.ZoneInterval interval = Zone.GetZoneInterval(instant);
        return Math.Max(
            interval.HasStart ? SlackOfChange(interval.Start, instant) : 0,
            interval.HasEnd ? SlackOfChange(interval.End, instant) : 0);
    }

    // A gap shifts wall times by its length, an overlap repeats as much: both reach that far from the change.
    private long SlackOfChange(Instant change, Instant instant)
    {
        Offset before = Zone.GetUtcOffset(change - Duration.Epsilon);
        long length = Math.Abs(Zone.GetUtcOffset(change).Seconds - (long)before.Seconds);
        return Math.Abs((instant - change).TotalSeconds) <= 2 * length ? 2 * length : 0;
    }

    private static bool IsNearTheEnds(Instant instant) => instant < First || instant > Last;

    // Steady means: far enough from a change of offset that a wall time taken for UTC may be up to a day wrong.
    private bool IsSteady(Instant instant)
    {
        if (instant >= _steadyFrom && instant < _steadyTo)
        {
            return true;
        }

        if (IsNearTheEnds(instant))
        {
            return false;
        }

        NodaTime.TimeZones.ZoneInterval interval = Zone.GetZoneInterval(instant);
        Instant from = interval.HasStart && interval.Start > First ? interval.Start + Margin : First;
        Instant to = interval.HasEnd && interval.End < Last ? interval.End - Margin : Last;
        if (instant < from || instant >= to)
        {
            return false;
        }

        (_offset, _steadyFrom, _steadyTo) = (interval.WallOffset, from, to);
        return true;
    }
}

using System.Collections.Immutable;
using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Time;

/// <summary>One <c>STANDARD</c> or <c>DAYLIGHT</c> part of a <c>VTIMEZONE</c> (RFC 5545 section 3.6.5).</summary>
/// <param name="OffsetFrom">In force before its onsets (<c>TZOFFSETFROM</c>).</param>
/// <param name="OffsetTo">In force from its onsets on (<c>TZOFFSETTO</c>).</param>
/// <param name="Onset">Its first onset, as a wall time at <paramref name="OffsetFrom"/> (<c>DTSTART</c>).</param>
/// <param name="Rule">How the onset repeats; null when it does not.</param>
public sealed record ZoneObservance(Offset OffsetFrom, Offset OffsetTo, LocalDateTime Onset, RecurrenceRule? Rule)
{
    /// <summary>Further onsets (<c>RDATE</c>), as wall times at <see cref="OffsetFrom"/>; empty for none.</summary>
    public ImmutableArray<LocalDateTime> FurtherOnsets { get; init; } = [];
}

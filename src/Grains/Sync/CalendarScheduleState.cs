using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A calendar's schedule, as stored: one write of it is the commit point.</summary>
[GenerateSerializer, Immutable, Alias("calendar-schedule-state")]
internal sealed record CalendarScheduleState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>Rises with every commit.</summary>
    [Id(1)]
    public long Version { get; init; }

    /// <summary>How often the whole calendar was read anew.</summary>
    [Id(2)]
    public int Generation { get; init; }

    /// <summary>Where the next pull starts, unless meta knows better.</summary>
    [Id(3)]
    public string? Cursor { get; init; }

    /// <summary>IANA zone; null when unknown.</summary>
    [Id(4)]
    public string? ZoneId { get; init; }

    /// <summary>When it was committed; never falls.</summary>
    [Id(5)]
    public Instant LastCommit { get; init; } = NodaConstants.UnixEpoch;

    /// <summary>The highest sequence of a write that the provider took.</summary>
    [Id(6)]
    public long AppliedThrough { get; init; }

    /// <summary>Items, ghosts and managed table: packed, compressed, sealed. Null while there are none.</summary>
    [Id(7)]
    public SealedSecret? Content { get; init; }

    /// <summary>What readers saw last, told or not; null before the first visible commit.</summary>
    [Id(8)]
    public UnannouncedState? Unannounced { get; init; }
}

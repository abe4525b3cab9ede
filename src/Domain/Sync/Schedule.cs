using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>Everything committed about one calendar. Changes only by making the next one.</summary>
public sealed record Schedule
{
    /// <summary>Of a calendar never pulled.</summary>
    public static Schedule Empty { get; } = new();

    /// <summary>Rises with every commit; 0 before the first.</summary>
    public long Version { get; init; }

    /// <summary>How often the whole calendar was read anew; 0 before the first complete pull.</summary>
    public int Generation { get; init; }

    /// <summary>Where the next pull starts; null for a new generation.</summary>
    public string? Cursor { get; init; }

    /// <summary>IANA zone for days and floating times; null when unknown, which is read as UTC.</summary>
    public string? ZoneId { get; init; }

    /// <summary>When it was last committed; never falls.</summary>
    public Instant LastCommit { get; init; } = NodaConstants.UnixEpoch;

    /// <summary>The highest sequence of a write that the provider took; 0 before the first.</summary>
    public long AppliedThrough { get; init; }

    /// <summary>Items by the provider's id.</summary>
    public ImmutableDictionary<string, KnownItem> Items { get; init; } =
        ImmutableDictionary.Create<string, KnownItem>(StringComparer.Ordinal);

    /// <summary>Managed events, those deleted lately included.</summary>
    public ImmutableDictionary<ManagedKey, ManagedEvent> Managed { get; init; } =
        ImmutableDictionary<ManagedKey, ManagedEvent>.Empty;

    /// <summary>The last writes that the provider took of events that are no application's, newest first: item and sequence.</summary>
    /// <remarks>
    /// What <see cref="ManagedEvent.AppliedThrough"/> is for managed ones, but only as long as such a write may still wait in
    /// an outbox: bounded by <see cref="ExternalWriteRules.Remembered"/>.
    /// </remarks>
    public ImmutableList<AppliedWrite> Applied { get; init; } = [];

    /// <summary>What went away, newest first, bounded by <see cref="GhostRules"/>.</summary>
    public ImmutableList<Ghost> Ghosts { get; init; } = [];

    /// <summary>Former times of what moved, newest first, bounded by <see cref="MoveRules"/>.</summary>
    public ImmutableList<Move> Moves { get; init; } = [];

    /// <summary>The zone that <see cref="ZoneId"/> names, or UTC.</summary>
    public DateTimeZone Zone =>
        (ZoneId is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(ZoneId)) ?? DateTimeZone.Utc;

    /// <summary>When a commit made now counts: later than the one before even if the clock went back.</summary>
    public Instant CommitTime(Instant now) => now > LastCommit ? now : LastCommit;

    /// <summary>Prints the version only.</summary>
    public override string ToString() => $"Schedule({Version})";
}

using System.Collections.Immutable;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Events;

/// <summary>
/// A calendar object resource (RFC 4791 section 4.1): one UID with its master, its recurrence and its overrides.
/// </summary>
/// <remarks>It is read, replaced and deleted as a whole.</remarks>
public sealed record CalendarObject
{
    /// <summary>Globally unique id of the event (RFC 5545 section 3.8.4.7).</summary>
    public required string Uid { get; init; }

    /// <summary>The event or the first of its series; null when only single occurrences are known to us.</summary>
    public EventDefinition? Master { get; init; }

    /// <summary>Rules that repeat the master; empty for an event that happens once.</summary>
    public ImmutableArray<RecurrenceRule> Rules { get; init; } = [];

    /// <summary>Starts added to the rules (<c>RDATE</c>).</summary>
    public ImmutableArray<RecurrenceDate> Added { get; init; } = [];

    /// <summary>Starts taken out (<c>EXDATE</c>); a date takes out every occurrence of that day.</summary>
    public ImmutableArray<CalendarTime> Excluded { get; init; } = [];

    /// <summary>Occurrences that differ from the master.</summary>
    public ImmutableArray<EventOverride> Overrides { get; init; } = [];

    /// <summary>When the provider says it was created; null when it does not say.</summary>
    public Instant? Created { get; init; }

    /// <summary>When the provider says it was last changed; null when it does not say.</summary>
    public Instant? LastModified { get; init; }

    /// <summary>True when it can have more than one occurrence.</summary>
    public bool IsRecurring => !Rules.IsEmpty || !Added.IsEmpty || Master is null;

    /// <inheritdoc/>
    public bool Equals(CalendarObject? other) =>
        other is not null && Uid == other.Uid && Master == other.Master
        && Created == other.Created && LastModified == other.LastModified
        && Rules.SequenceEqual(other.Rules) && Added.SequenceEqual(other.Added)
        && Excluded.SequenceEqual(other.Excluded) && Overrides.SequenceEqual(other.Overrides);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Uid, Master, Rules.Length, Overrides.Length);

    /// <summary>Prints the UID only.</summary>
    public override string ToString() => $"CalendarObject({Uid})";
}

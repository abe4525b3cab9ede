using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Interfaces.Availability;

/// <summary>What of a person's time an application asks for.</summary>
/// <param name="From">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="To">Exclusive; likewise.</param>
/// <param name="CalendarIds">The calendars that count; none when empty; default for all, or those of the rules.</param>
/// <param name="Periods">The person can be met only in these, as <see cref="TimeSet.Edges"/>; default for no such bound.</param>
/// <param name="IsManaged">True when the rules and periods that the application keeps for the person count.</param>
/// <param name="RuleIds">Of the rules these only; default for all.</param>
/// <param name="Constraints">All of them hold.</param>
/// <param name="Free">Ways of taking time that count as free here, beside those that are.</param>
/// <param name="Excluded">Events that are looked at as if they were not there.</param>
/// <param name="WantsFreshness">True when <see cref="MemberStatus.AsOf"/> is asked for.</param>
/// <param name="MaxStaleness">Seconds: calendars that were asked longer ago are asked now; null for as they are.</param>
/// <param name="MaxWait">Seconds that may be waited for them.</param>
/// <param name="Explained">The times of meetings that are to be explained, with their buffers, as <see cref="TimeSet.Edges"/>; default for none.</param>
/// <param name="NamesEvents">True when an explanation may name what keeps the person busy.</param>
[GenerateSerializer, Immutable, Alias("member-query")]
public sealed record MemberQuery(
    [property: Id(0)] long From,
    [property: Id(1)] long To,
    [property: Id(2)] ImmutableArray<string> CalendarIds,
    [property: Id(3)] ImmutableArray<long> Periods,
    [property: Id(4)] bool IsManaged,
    [property: Id(5)] ImmutableArray<string> RuleIds,
    [property: Id(6)] ImmutableArray<AvailabilityConstraint> Constraints,
    [property: Id(7)] ImmutableArray<Transparency> Free,
    [property: Id(8)] ImmutableArray<ExcludedEvent> Excluded,
    [property: Id(9)] bool WantsFreshness,
    [property: Id(10)] int? MaxStaleness = null,
    [property: Id(11)] int MaxWait = 0,
    [property: Id(12)] ImmutableArray<long> Explained = default,
    [property: Id(13)] bool NamesEvents = false);

/// <summary>An event that is looked at as if it were not there.</summary>
/// <param name="CalendarId">In this calendar; null for any.</param>
/// <param name="EventId">The application's own id; null when it is named by uid.</param>
/// <param name="EventUid">The uid; null when it is named by id.</param>
[GenerateSerializer, Immutable, Alias("excluded-event")]
public sealed record ExcludedEvent(
    [property: Id(0)] string? CalendarId, [property: Id(1)] string? EventId, [property: Id(2)] string? EventUid);

/// <summary>A person's time, as an application may see it.</summary>
/// <param name="Open">The meeting must lie in it, as <see cref="TimeSet.Edges"/>; default for no such bound.</param>
/// <param name="Busy">It must not touch this.</param>
/// <param name="Full">It must not begin in this.</param>
/// <param name="Status">How well the time is known.</param>
/// <param name="Reasons">What it is made of; null unless it is to be explained.</param>
[GenerateSerializer, Immutable, Alias("member-times")]
public sealed record MemberTimes(
    [property: Id(0)] ImmutableArray<long> Open,
    [property: Id(1)] ImmutableArray<long> Busy,
    [property: Id(2)] ImmutableArray<long> Full,
    [property: Id(3)] MemberStatus Status,
    [property: Id(4)] MemberReasons? Reasons);

/// <summary>What a member's time is made of.</summary>
/// <param name="Managed">What is kept for the member as rules and periods; null when it does not count.</param>
/// <param name="Known">When they are known to be busy, as <see cref="TimeSet.Edges"/>.</param>
/// <param name="Held">Time that is held for a meeting that is not written yet, likewise.</param>
/// <param name="Limits">The days or weeks that are full, of each of <see cref="MemberQuery.Constraints"/>, likewise.</param>
/// <param name="Events">What keeps them busy at the times to be explained, at most 1,000: what whoever may ask this reads as free-busy, too.</param>
[GenerateSerializer, Immutable, Alias("member-reasons")]
public sealed record MemberReasons(
    [property: Id(0)] OpenTimes? Managed,
    [property: Id(1)] ImmutableArray<long> Known,
    [property: Id(2)] ImmutableArray<long> Held,
    [property: Id(3)] ImmutableArray<ImmutableArray<long>> Limits,
    [property: Id(4)] ImmutableArray<BusyEntry> Events);

/// <summary>How well a person's time is known.</summary>
/// <param name="State">Whether all their calendars that count are kept equal.</param>
/// <param name="AsOf">Seconds since 1970-01-01T00:00:00Z at which the calendar asked longest ago was asked; null when that was not wanted, or never.</param>
[GenerateSerializer, Immutable, Alias("member-status")]
public sealed record MemberStatus([property: Id(0)] SyncState State, [property: Id(1)] long? AsOf);

/// <summary>Whether a person's calendars are kept equal.</summary>
public enum SyncState
{
    /// <summary>They are.</summary>
    Active = 0,

    /// <summary>Some were never pulled yet.</summary>
    Pending = 1,

    /// <summary>Some login does not work, or there is none.</summary>
    Disconnected = 2,
}

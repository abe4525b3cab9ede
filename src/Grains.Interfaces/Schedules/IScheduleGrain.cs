using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Schedules;

/// <summary>When one person is busy, of all their calendars, ready to answer. Key: <c>per_…</c>.</summary>
/// <remarks>
/// It keeps what calendars told it until they say that it changed; it can be lost and made anew at any time. Every call
/// interleaves: calendars answer without calling back.
/// </remarks>
[Alias("schedule"), GrainInterfaceType("schedule")]
public interface IScheduleGrain : IGrainWithStringKey
{
    /// <summary>When the person is busy in some of their calendars.</summary>
    [Alias("busy"), AlwaysInterleave]
    Task<PersonBusy> Busy(BusyQuery query, CancellationToken cancellationToken);

    /// <summary>What a calendar told is out of date. Once this is answered, no question that comes later gets it.</summary>
    [Alias("changed"), AlwaysInterleave]
    Task Changed(string calendarId, CancellationToken cancellationToken);
}

/// <summary>Which of a person's time is asked for.</summary>
/// <param name="CalendarIds">The person's own, each once.</param>
/// <param name="From">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="To">Exclusive; likewise.</param>
/// <param name="Free">Ways of taking time that count as free here, beside those that are.</param>
/// <param name="OwnerOf">The application whose meetings are to be told by their starts; null for none.</param>
[GenerateSerializer, Immutable, Alias("busy-query")]
public sealed record BusyQuery(
    [property: Id(0)] ImmutableArray<string> CalendarIds,
    [property: Id(1)] long From,
    [property: Id(2)] long To,
    [property: Id(3)] ImmutableArray<Transparency> Free,
    [property: Id(4)] string? OwnerOf);

/// <summary>When somebody is busy.</summary>
/// <param name="Edges">As <see cref="Domain.Availability.TimeSet.Edges"/>; reaches out of what was asked where a stretch does.</param>
/// <param name="Starts">When the application's own meetings begin, of all dates, each as often as there is one; else empty.</param>
[GenerateSerializer, Immutable, Alias("person-busy")]
public sealed record PersonBusy([property: Id(0)] ImmutableArray<long> Edges, [property: Id(1)] ImmutableArray<long> Starts);

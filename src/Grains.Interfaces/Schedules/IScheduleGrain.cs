using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Schedules;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Schedules;

/// <summary>When one person is busy, of all their calendars, ready to answer. Key: <c>per_…</c>.</summary>
/// <remarks>
/// It keeps what calendars told it until they say that it changed; that can be lost and made anew at any time. What of the
/// time is held is stored. Questions interleave, and calendars answer without calling back; holds are taken one by one.
/// </remarks>
[Alias("schedule"), GrainInterfaceType("schedule"), Version(1)]
public interface IScheduleGrain : IGrainWithStringKey
{
    /// <summary>When the person is busy in some of their calendars.</summary>
    [Alias("busy"), AlwaysInterleave]
    Task<PersonBusy> Busy(BusyQuery query, CancellationToken cancellationToken);

    /// <summary>What a calendar told is out of date. Once this is answered, no question that comes later gets it.</summary>
    [Alias("changed"), AlwaysInterleave]
    Task Changed(string calendarId, CancellationToken cancellationToken);

    /// <summary>Keeps time that is free. Asked again, it is kept as it was, until a meeting is written for it.</summary>
    [Alias("hold")]
    Task<HoldOutcome> Hold(HoldTime request, CancellationToken cancellationToken);

    /// <summary>Keeps time no longer, unless a meeting is being written for it. What is not kept is no fault.</summary>
    [Alias("let-go")]
    Task ReleaseHold(string holdKey, string clientId, CancellationToken cancellationToken);

    /// <summary>The meeting is written, which takes the time from now on.</summary>
    [Alias("settle")]
    Task Settle(string holdKey, string clientId, CancellationToken cancellationToken);

    /// <summary>The meeting is not written after all: another one may be for the same time.</summary>
    [Alias("reopen")]
    Task Reopen(string holdKey, string clientId, CancellationToken cancellationToken);

    /// <summary><see cref="ConfirmFor"/> as silos before 2026-12 ask it: they do not say for which meeting.</summary>
    [Alias("confirm")]
    Task<bool> Confirm(string holdKey, string clientId, long? start, long? end, CancellationToken cancellationToken);

    /// <summary>Keeps time a minute longer at least, while the meeting is being written.</summary>
    /// <param name="holdKey"><c>hld_…</c>.</param>
    /// <param name="clientId">Who took it.</param>
    /// <param name="start">When the meeting begins, in seconds since 1970-01-01T00:00:00Z; null when that is not said.</param>
    /// <param name="end">When it ends, likewise.</param>
    /// <param name="meeting">Which meeting, in any words of its own; null when that is not said.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when that time is not kept, or not all of the meeting's, or is used for another meeting.</returns>
    [Alias("confirm-for")]
    Task<bool> ConfirmFor(
        string holdKey, string clientId, long? start, long? end, string? meeting, CancellationToken cancellationToken);
}

/// <summary>Time of a person that is to be kept.</summary>
/// <param name="HoldKey"><c>hld_…</c>.</param>
/// <param name="ClientId">Who takes it.</param>
/// <param name="CalendarIds">The person's calendars that keep them busy.</param>
/// <param name="Start">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="End">Exclusive; likewise.</param>
/// <param name="ExpiresAt">Until when; likewise.</param>
[GenerateSerializer, Immutable, Alias("hold-time")]
public sealed record HoldTime(
    [property: Id(0)] string HoldKey,
    [property: Id(1)] string ClientId,
    [property: Id(2)] ImmutableArray<string> CalendarIds,
    [property: Id(3)] long Start,
    [property: Id(4)] long End,
    [property: Id(5)] long ExpiresAt);

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
/// <param name="Edges">When they are, or may be for all that is known: as <see cref="TimeSet.Edges"/>; reaches out of what was asked where a stretch does.</param>
/// <param name="Starts">When the application's own meetings begin, of all dates, each as often as there is one; else empty.</param>
/// <param name="Known">When they are known to be, likewise; default for all of it.</param>
/// <param name="Held">Which of it is held for meetings that are not written yet, likewise; default for none.</param>
[GenerateSerializer, Immutable, Alias("person-busy")]
public sealed record PersonBusy(
    [property: Id(0)] ImmutableArray<long> Edges,
    [property: Id(1)] ImmutableArray<long> Starts,
    [property: Id(2)] ImmutableArray<long> Known,
    [property: Id(3)] ImmutableArray<long> Held)
{
    /// <summary>What is known, together with what is held and what is not known.</summary>
    public static PersonBusy Of(TimeSet known, TimeSet held, TimeSet unknown, ImmutableArray<long> starts) =>
        held.Count == 0 && unknown.Count == 0
            ? new PersonBusy(known.Edges, starts, default, default)
            : new PersonBusy(TimeSet.Union([known, held, unknown]).Edges, starts, known.Edges, held.Edges);

    /// <summary>The same, of somebody of whose time nothing else is known.</summary>
    /// <param name="asked">What was asked about.</param>
    public PersonBusy WhereNothingIsKnown(Stretch asked) => this with
    {
        Edges = TimeSet.Union([TimeSet.OfEdges(Edges), TimeSet.Of(asked)]).Edges,
        Known = Known.IsDefault ? Edges : Known,
    };
}

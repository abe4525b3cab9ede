using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Owed;
using CalendarActors.Grains.Interfaces.Schedules;
using NodaTime;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Sync;

/// <summary>One connected calendar: its cached schedule, its cursor, its outbox of writes. Key: <c>cal_…</c>.</summary>
[Alias("calendar"), GrainInterfaceType("calendar")]
public interface ICalendarGrain : IOwesWork
{
    /// <summary>Starts keeping the calendar equal, or goes on after a relink. Answers without waiting for a pull.</summary>
    [Alias("connect")]
    Task Connect(ConnectCalendar request, CancellationToken cancellationToken);

    /// <summary>Pauses pulls and writes: the login does not work. What is cached stays readable.</summary>
    [Alias("suspend")]
    Task Suspend(CancellationToken cancellationToken);

    /// <summary>Stops for good and forgets everything.</summary>
    [Alias("forget")]
    Task Forget(CancellationToken cancellationToken);

    /// <summary>Something may have changed at the provider: pull soon. Never trusted to be complete.</summary>
    [Alias("hint"), AlwaysInterleave]
    Task Hint(CancellationToken cancellationToken);

    /// <summary>What listens to the provider for this calendar; two of them while one replaces the other, none for a polled one.</summary>
    [Alias("watches"), AlwaysInterleave]
    Task<ImmutableArray<HeldWatch>> Watches(CancellationToken cancellationToken);

    /// <summary>Reads events from the immutable snapshot; never waits for a pull.</summary>
    [Alias("read"), AlwaysInterleave]
    Task<CalendarPage> Read(CalendarQuery query, CancellationToken cancellationToken);

    /// <summary>Reads busy times; opens no event content.</summary>
    [Alias("read-busy"), AlwaysInterleave]
    Task<BusyPage> ReadBusy(CalendarQuery query, CancellationToken cancellationToken);

    /// <summary>When managed events happen; never waits for a pull.</summary>
    [Alias("times"), AlwaysInterleave]
    Task<CalendarTimes> Times(ImmutableArray<TimesQuery> events, CancellationToken cancellationToken);

    /// <summary>True when a managed event has a file attached.</summary>
    /// <param name="clientId">The application whose event it is.</param>
    /// <param name="personId">Whose calendar it must be.</param>
    /// <param name="path">What the file's link ends in.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("carries"), AlwaysInterleave]
    Task<bool> Carries(string clientId, string personId, string path, CancellationToken cancellationToken);

    /// <summary>Accepts an upsert of a managed event durably. It reaches the provider later, once.</summary>
    [Alias("upsert")]
    Task<WriteAnswer> Upsert(UpsertEvent request, CancellationToken cancellationToken);

    /// <summary>Accepts the deletion of a managed event durably; of one that is not there as well.</summary>
    /// <param name="clientId">The application whose event it is.</param>
    /// <param name="eventId">The application's own id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("delete")]
    Task<WriteAnswer> Delete(string clientId, string eventId, CancellationToken cancellationToken);

    /// <summary>
    /// Accepts durably the deletion of every event of an application that is here or accepted by now, however many; also
    /// where there is none, whatever the calendar's state.
    /// </summary>
    /// <param name="clientId">The application.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("delete-managed")]
    Task<WriteAnswer> DeleteManaged(string clientId, CancellationToken cancellationToken);

    /// <summary>Accepts a change, a deletion or an answer of an event that is not the application's own, durably.</summary>
    [Alias("change-external")]
    Task<WriteAnswer> ChangeExternal(ChangeExternalEvent request, CancellationToken cancellationToken);

    /// <summary>How the calendar takes its person's time. Their schedule may keep it, and is told once it is out of date.</summary>
    [Alias("taken"), AlwaysInterleave]
    Task<BusyTimes> BusyTimes(CancellationToken cancellationToken);

    /// <summary>Returns once a pull that began then or later has succeeded, or after a while: the status says which.</summary>
    /// <param name="since">Such a pull may have been made already.</param>
    /// <param name="wait">At most so long, up to 10 s.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("freshen"), AlwaysInterleave]
    Task Freshen(Instant since, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>How well the cache is kept.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<CalendarStatus> Status(CancellationToken cancellationToken);
}

/// <summary>What a calendar must know to keep itself equal.</summary>
/// <param name="ConnectionId"><c>pro_…</c>.</param>
/// <param name="PersonId"><c>per_…</c>: whose data key seals the cache.</param>
/// <param name="ProviderName">A value of <c>provider_name</c>.</param>
/// <param name="ProviderCalendarId">The provider's id.</param>
/// <param name="IsReadOnly">True when nothing can be written to it.</param>
/// <param name="ZoneId">IANA zone for days and floating times; null when unknown, which is read as UTC.</param>
[GenerateSerializer, Immutable, Alias("connect-calendar")]
public sealed record ConnectCalendar(
    [property: Id(0)] string ConnectionId,
    [property: Id(1)] string PersonId,
    [property: Id(2)] string ProviderName,
    [property: Id(3)] string ProviderCalendarId,
    [property: Id(4)] bool IsReadOnly,
    [property: Id(5)] string? ZoneId);

/// <summary>Which managed events a read covers.</summary>
public enum ManagedEvents
{
    /// <summary>External events only.</summary>
    Exclude = 0,

    /// <summary>External and managed events.</summary>
    Include = 1,

    /// <summary>Managed events only.</summary>
    Only = 2,
}

/// <summary>Which events to read: those that start before <paramref name="To"/> and end on or after <paramref name="From"/>.</summary>
/// <param name="ClientId">The application that asks: only its own events count as managed, others' are external.</param>
/// <param name="From">Inclusive; null for the window's start, or for all time where managed events are concerned.</param>
/// <param name="To">Exclusive; null likewise.</param>
/// <param name="ZoneId">IANA zone in which days are compared and floating times read.</param>
/// <param name="Managed">Which of the two kinds.</param>
/// <param name="IncludeDeleted">True to list tombstones too.</param>
/// <param name="IncludeFree">Busy reads only: true to list transparent events too.</param>
/// <param name="ChangedSince">Only events whose <see cref="EventEntry.Updated"/> is at or after it; null for all.</param>
/// <param name="After">Start behind this position; null for the beginning.</param>
/// <param name="Limit">At most so many, 1 to 1,000.</param>
/// <param name="IncludeMoved">Event reads only: true to list those too that were once where it asks and have moved away.</param>
/// <param name="OmitsUids">Busy reads only: true when nobody is shown uids, which then need not be made.</param>
[GenerateSerializer, Immutable, Alias("calendar-query")]
public sealed record CalendarQuery(
    [property: Id(0)] string ClientId,
    [property: Id(1)] Instant? From,
    [property: Id(2)] Instant? To,
    [property: Id(3)] string ZoneId,
    [property: Id(4)] ManagedEvents Managed,
    [property: Id(5)] bool IncludeDeleted,
    [property: Id(6)] bool IncludeFree,
    [property: Id(7)] Instant? ChangedSince,
    [property: Id(8)] PagePosition? After,
    [property: Id(9)] int Limit,
    [property: Id(10)] bool IncludeMoved = false,
    [property: Id(11)] bool OmitsUids = false);

/// <summary>A place in the order of entries: by start, then calendar id, then uid (ordinal).</summary>
/// <param name="Start">The entry's start instant.</param>
/// <param name="CalendarId">Its calendar.</param>
/// <param name="Uid">Its uid.</param>
[GenerateSerializer, Immutable, Alias("page-position")]
public sealed record PagePosition(
    [property: Id(0)] Instant Start, [property: Id(1)] string CalendarId, [property: Id(2)] string Uid)
{
    /// <summary>Orders two positions: negative when this one comes first.</summary>
    public int OrderTo(PagePosition other)
    {
        int order = Start.CompareTo(other.Start);
        order = order != 0 ? order : string.CompareOrdinal(CalendarId, other.CalendarId);
        return order != 0 ? order : string.CompareOrdinal(Uid, other.Uid);
    }
}

/// <summary>Events of one calendar, in the order of <see cref="PagePosition"/>.</summary>
/// <param name="Entries">At most as many as asked for.</param>
/// <param name="Total">How many match in all, whatever the position and limit.</param>
[GenerateSerializer, Immutable, Alias("calendar-page")]
public sealed record CalendarPage([property: Id(0)] ImmutableArray<EventEntry> Entries, [property: Id(1)] int Total);

/// <summary>One happening as the cache has it, for somebody who may read everything: the grant takes away what they may not.</summary>
/// <param name="CalendarId"><c>cal_…</c>.</param>
/// <param name="Uid"><c>evt_external_</c> and 24 hex: of this happening, stable while it exists.</param>
/// <param name="EventId">The application's own id when it is its managed event; else null.</param>
/// <param name="SeriesId">Same for all happenings of one series; null for an event that happens once.</param>
/// <param name="Start">Inclusive, as written.</param>
/// <param name="End">Exclusive, as written.</param>
/// <param name="StartsAt">Instant of <paramref name="Start"/>.</param>
/// <param name="EndsAt">Instant of <paramref name="End"/>.</param>
/// <param name="Content">What it says.</param>
/// <param name="IsDeleted">True for a tombstone.</param>
/// <param name="Created">When it came into being: the provider's word, or our first commit.</param>
/// <param name="Updated">Our commit time of its last change; never falls.</param>
/// <param name="IsPending">True while a write of it has not been confirmed by the provider.</param>
[GenerateSerializer, Immutable, Alias("event-entry")]
public sealed record EventEntry(
    [property: Id(0)] string CalendarId,
    [property: Id(1)] string Uid,
    [property: Id(2)] string? EventId,
    [property: Id(3)] string? SeriesId,
    [property: Id(4)] Domain.Time.CalendarTime Start,
    [property: Id(5)] Domain.Time.CalendarTime End,
    [property: Id(6)] Instant StartsAt,
    [property: Id(7)] Instant EndsAt,
    [property: Id(8)] EventContent Content,
    [property: Id(9)] bool IsDeleted,
    [property: Id(10)] Instant Created,
    [property: Id(11)] Instant Updated,
    [property: Id(12)] bool IsPending)
{
    /// <summary>Prints ids only.</summary>
    public override string ToString() => $"{CalendarId}/{Uid}";
}

/// <summary>Busy times of one calendar, in the order of <see cref="PagePosition"/>.</summary>
/// <param name="Entries">At most as many as asked for.</param>
/// <param name="Total">How many match in all.</param>
[GenerateSerializer, Immutable, Alias("busy-page")]
public sealed record BusyPage([property: Id(0)] ImmutableArray<BusyEntry> Entries, [property: Id(1)] int Total);

/// <summary>A stretch of time that is taken. Says nothing about by what.</summary>
/// <param name="CalendarId"><c>cal_…</c>.</param>
/// <param name="Uid">The happening's uid; may be empty in answer to <see cref="CalendarQuery.OmitsUids"/> where no other of the calendar starts with it.</param>
/// <param name="EventId">The application's own id when it is its managed event; else null.</param>
/// <param name="StartsAt">Inclusive.</param>
/// <param name="EndsAt">Exclusive.</param>
/// <param name="IsAllDay">True when the times are whole days of the calendar's zone: then the dates below count.</param>
/// <param name="StartDay">Days since 1970-01-01 of the first day when <paramref name="IsAllDay"/>; else 0.</param>
/// <param name="EndDay">Days since 1970-01-01 of the day after the last when <paramref name="IsAllDay"/>; else 0.</param>
/// <param name="Transparency">How it takes the time.</param>
/// <param name="IsTentative">True when the event or the person's answer is tentative.</param>
/// <param name="IsDeleted">True for a tombstone.</param>
[GenerateSerializer, Immutable, Alias("busy-entry")]
public sealed record BusyEntry(
    [property: Id(0)] string CalendarId,
    [property: Id(1)] string Uid,
    [property: Id(2)] string? EventId,
    [property: Id(3)] Instant StartsAt,
    [property: Id(4)] Instant EndsAt,
    [property: Id(5)] bool IsAllDay,
    [property: Id(6)] int StartDay,
    [property: Id(7)] int EndDay,
    [property: Id(8)] Transparency Transparency,
    [property: Id(9)] bool IsTentative,
    [property: Id(10)] bool IsDeleted);

/// <summary>An upsert of a managed event.</summary>
/// <param name="ClientId">The application whose event it is.</param>
/// <param name="EventId">The application's own id, 1 to 255 characters.</param>
/// <param name="Change">What it becomes.</param>
[GenerateSerializer, Immutable, Alias("upsert-event")]
public sealed record UpsertEvent(
    [property: Id(0)] string ClientId, [property: Id(1)] string EventId, [property: Id(2)] EventChange Change);

/// <summary>A write of an event that is not the application's own: a change, an answer, or neither for a deletion.</summary>
/// <param name="ClientId">The application that writes.</param>
/// <param name="Uid">The happening's uid.</param>
/// <param name="Change">What it becomes; null when it is answered or deleted.</param>
/// <param name="Answer">What the person answers to the invitation; null when it is changed or deleted.</param>
/// <param name="Addresses">The mail addresses of the login.</param>
/// <param name="IsUnrestricted">True when the person allowed the application to change what it did not make.</param>
[GenerateSerializer, Immutable, Alias("change-external-event")]
public sealed record ChangeExternalEvent(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string Uid,
    [property: Id(2)] EventChange? Change,
    [property: Id(3)] ParticipationStatus? Answer,
    [property: Id(4)] ImmutableArray<string> Addresses,
    [property: Id(5)] bool IsUnrestricted)
{
    /// <summary>Prints ids only.</summary>
    public override string ToString() => $"ChangeExternalEvent({Uid})";
}

/// <summary>What accepting a write came to.</summary>
public enum WriteAnswer
{
    /// <summary>Stored; it will reach the provider.</summary>
    Accepted = 0,

    /// <summary>There is no such calendar, or it is gone.</summary>
    NoSuchCalendar = 1,

    /// <summary>Nothing can be written to it.</summary>
    ReadOnly = 2,

    /// <summary>The login does not work: the person must relink (423).</summary>
    Disconnected = 3,

    /// <summary>Too much is waiting for the provider: try later (429).</summary>
    OutboxFull = 4,

    /// <summary>There is no event of that uid.</summary>
    NoSuchEvent = 5,

    /// <summary>The event is the application's own, which has an id for it.</summary>
    NotExternal = 6,

    /// <summary>The person has not allowed the application to change what it did not make.</summary>
    Sandboxed = 7,

    /// <summary>A happening of a series: such are left alone.</summary>
    Recurring = 8,

    /// <summary>Somebody else called the meeting.</summary>
    NotOrganizer = 9,

    /// <summary>The person is not invited, or called the meeting themselves.</summary>
    NotInvited = 10,
}

/// <summary>How well a calendar is kept equal.</summary>
/// <param name="LastSynced">When the last successful pull began; null before the first.</param>
/// <param name="Pending">Writes that the provider has not confirmed.</param>
/// <param name="Repairs">Differences that the slow reconciliation found and the pulls had missed, since connecting.</param>
/// <param name="LastFault">The last pull's fault; null when it succeeded.</param>
/// <param name="Generation">How often the whole calendar was read anew.</param>
/// <param name="Version">The schedule's version.</param>
/// <param name="WatchedUntil">Until when the provider tells us of changes, unless renewed; null when it does not.</param>
/// <param name="LagSeconds">How long the last change that we were told of took to be readable; null before the first.</param>
[GenerateSerializer, Immutable, Alias("calendar-status")]
public sealed record CalendarStatus(
    [property: Id(0)] Instant? LastSynced,
    [property: Id(1)] int Pending,
    [property: Id(2)] long Repairs,
    [property: Id(3)] string? LastFault,
    [property: Id(4)] int Generation,
    [property: Id(5)] long Version,
    [property: Id(6)] Instant? WatchedUntil = null,
    [property: Id(7)] double? LagSeconds = null);

using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Operators;

/// <summary>What an operator asks every day, in one answer. A stateless worker: key 0.</summary>
[Alias("overview"), GrainInterfaceType("overview")]
public interface IOverviewGrain : IGrainWithIntegerKey
{
    /// <summary>How things are. Asking again within ten seconds may give the same answer.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("look")]
    Task<Overview> Look(CancellationToken cancellationToken);
}

/// <summary>How things are.</summary>
/// <param name="At">When this was found.</param>
/// <param name="Listed">How many there are of each kind, state and provider, counted in storage.</param>
/// <param name="Owed">Accepted work that is not done, by state.</param>
/// <param name="Reminders">How many reminders are stored.</param>
/// <param name="Calendars">How well calendars are kept, of the first connections.</param>
/// <param name="Channels">How well channels deliver, of the first ones.</param>
/// <param name="RemindersDue">Of the reminders, those that are due within <see cref="DueSoon"/>.</param>
[GenerateSerializer, Immutable, Alias("overview-answer")]
public sealed record Overview(
    [property: Id(0)] Instant At,
    [property: Id(1)] ImmutableArray<ListedCount> Listed,
    [property: Id(2)] ImmutableArray<OwedCount> Owed,
    [property: Id(3)] long Reminders,
    [property: Id(4)] CalendarSample Calendars,
    [property: Id(5)] ChannelSample Channels,
    [property: Id(6)] long RemindersDue)
{
    /// <summary>Five minutes.</summary>
    public static readonly Duration DueSoon = Duration.FromMinutes(5);
}

/// <summary>How many of one kind are listed.</summary>
/// <param name="Kind">Such as <c>connection</c>.</param>
/// <param name="State">Of connections: the state's word; empty for everything else.</param>
/// <param name="Provider">Of connections: the provider's name; empty for everything else.</param>
/// <param name="Count">1 or more.</param>
[GenerateSerializer, Immutable, Alias("listed-count")]
public sealed record ListedCount(
    [property: Id(0)] string Kind, [property: Id(1)] string State, [property: Id(2)] string Provider, [property: Id(3)] long Count);

/// <summary>How many grains of one kind owe work.</summary>
/// <param name="StateName">The state that exists only while they do.</param>
/// <param name="Count">1 or more.</param>
/// <param name="Late">Of those, how many no silo has looked after for two minutes: 0 while all is well.</param>
[GenerateSerializer, Immutable, Alias("owed-count")]
public sealed record OwedCount([property: Id(0)] string StateName, [property: Id(1)] long Count, [property: Id(2)] long Late);

/// <summary>How well the calendars of the first connections are kept.</summary>
/// <param name="Connections">How many connections were looked at.</param>
/// <param name="Calendars">How many calendars they have that are kept equal to a provider's.</param>
/// <param name="Watched">Calendars whose provider tells us of changes.</param>
/// <param name="ExpiringWatches">Of those, watches that end within a day unless renewed.</param>
/// <param name="Stale">Calendars whose last pull is over a day old, or that were never pulled.</param>
/// <param name="PendingWrites">Writes that no provider has confirmed.</param>
/// <param name="Repairs">Differences that pulls had missed, since each was connected.</param>
/// <param name="Lags">How long the last change took to be readable, of calendars that know: the bound in seconds and how many took no longer, each in one bound only; the last bound is <see cref="double.PositiveInfinity"/>.</param>
/// <param name="Faults">How many calendars' last pull failed, by kind of fault.</param>
/// <param name="Disconnected">Connections that need their person, or their operator.</param>
[GenerateSerializer, Immutable, Alias("calendar-sample")]
public sealed record CalendarSample(
    [property: Id(0)] int Connections,
    [property: Id(1)] int Calendars,
    [property: Id(2)] int Watched,
    [property: Id(3)] int ExpiringWatches,
    [property: Id(4)] int Stale,
    [property: Id(5)] int PendingWrites,
    [property: Id(6)] long Repairs,
    [property: Id(7)] ImmutableArray<LagCount> Lags,
    [property: Id(8)] ImmutableSortedDictionary<string, int> Faults,
    [property: Id(9)] ImmutableArray<ConnectionHealth> Disconnected);

/// <summary>A bar of a histogram of lags.</summary>
/// <param name="UpTo">Seconds, inclusive.</param>
/// <param name="Count">0 or more.</param>
[GenerateSerializer, Immutable, Alias("lag-count")]
public sealed record LagCount([property: Id(0)] double UpTo, [property: Id(1)] int Count);

/// <summary>How well the first channels deliver.</summary>
/// <param name="Channels">How many were looked at.</param>
/// <param name="Failing">Those whose last attempt failed and is repeated.</param>
/// <param name="Closed">Those that closed by themselves.</param>
/// <param name="Backlog">Notifications that wait, of all of them.</param>
/// <param name="Oldest">Since when the oldest of them waits; null when none does.</param>
[GenerateSerializer, Immutable, Alias("channel-sample")]
public sealed record ChannelSample(
    [property: Id(0)] int Channels,
    [property: Id(1)] int Failing,
    [property: Id(2)] int Closed,
    [property: Id(3)] int Backlog,
    [property: Id(4)] Instant? Oldest);

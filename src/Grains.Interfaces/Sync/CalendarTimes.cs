using System.Collections.Immutable;
using CalendarActors.Domain.Triggers;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Sync;

/// <summary>Asks when a managed event happens.</summary>
/// <param name="ClientId">The application whose event it is.</param>
/// <param name="EventId">The application's own id.</param>
/// <param name="From">Only happenings that end at or after it.</param>
[GenerateSerializer, Immutable, Alias("times-query")]
public sealed record TimesQuery(
    [property: Id(0)] string ClientId, [property: Id(1)] string EventId, [property: Id(2)] Instant From);

/// <summary>When managed events happen.</summary>
/// <param name="IsConnected">False when there is no such calendar any more.</param>
/// <param name="Events">One for each that was asked for, in the same order.</param>
[GenerateSerializer, Immutable, Alias("calendar-times")]
public sealed record CalendarTimes(
    [property: Id(0)] bool IsConnected, [property: Id(1)] ImmutableArray<ManagedTimes> Events);

/// <summary>When one managed event happens, writes that wait for the provider included.</summary>
/// <param name="Exists">False when there is none.</param>
/// <param name="IsSeries">True when it repeats: there may be happenings beyond the window.</param>
/// <param name="Changed">When it last changed or went: our commit, or when its last write was accepted; null when nobody knows.</param>
/// <param name="Happenings">By start, at most <see cref="SubscriptionLimits.Happenings"/>; days and floating times in the calendar's zone.</param>
[GenerateSerializer, Immutable, Alias("managed-times")]
public sealed record ManagedTimes(
    [property: Id(0)] bool Exists,
    [property: Id(1)] bool IsSeries,
    [property: Id(2)] Instant? Changed,
    [property: Id(3)] ImmutableArray<HappeningTimes> Happenings);

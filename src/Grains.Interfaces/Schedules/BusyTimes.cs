using System.Collections.Immutable;
using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Schedules;

/// <summary>How one calendar takes its person's time, without a word about by what.</summary>
/// <remarks>On the wire it has its former name: silos of two versions speak to each other.</remarks>
/// <param name="Kinds">One entry for each way of taking time that occurs; days and floating times are read in the calendar's zone.</param>
/// <param name="Owners">When the events begin that applications made, one entry for each application.</param>
[GenerateSerializer, Immutable, Alias("taken-times")]
public sealed record BusyTimes(
    [property: Id(0)] ImmutableArray<BusyKind> Kinds, [property: Id(1)] ImmutableArray<OwnedStarts> Owners);

/// <summary>The time that is taken in one way.</summary>
/// <param name="Transparency">The way; never one that leaves the time free.</param>
/// <param name="Edges">As <see cref="Domain.Availability.TimeSet.Edges"/>.</param>
[GenerateSerializer, Immutable, Alias("taken-kind")]
public sealed record BusyKind([property: Id(0)] Transparency Transparency, [property: Id(1)] ImmutableArray<long> Edges);

/// <summary>When an application's own events begin.</summary>
/// <param name="ClientId"><c>app_…</c>.</param>
/// <param name="Starts">Rising; seconds since 1970-01-01T00:00:00Z.</param>
[GenerateSerializer, Immutable, Alias("owned-starts")]
public sealed record OwnedStarts([property: Id(0)] string ClientId, [property: Id(1)] ImmutableArray<long> Starts);

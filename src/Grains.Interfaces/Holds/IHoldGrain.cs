using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Owed;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Holds;

/// <summary>Time of several people, kept for a meeting that is about to be made: of all of them, or of none. Key: <c>hld_…</c>.</summary>
[Alias("hold"), GrainInterfaceType("hold")]
public interface IHoldGrain : IOwesWork
{
    /// <summary>Takes it. Asked again in the same words while it is kept, it is as it was.</summary>
    [Alias("take")]
    Task<HoldAnswer> Take(TakeHold request, CancellationToken cancellationToken);

    /// <summary>The hold; null when it is not kept.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<HoldView?> View(CancellationToken cancellationToken);

    /// <summary>Keeps it no longer. What is not kept is no fault.</summary>
    [Alias("release")]
    Task Release(CancellationToken cancellationToken);
}

/// <summary>Time that is to be kept.</summary>
/// <param name="ClientId">Who takes it.</param>
/// <param name="HoldId">The application's own id, or one that was made for it.</param>
/// <param name="Members">Whose time, each once.</param>
/// <param name="Start">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="End">Exclusive; likewise.</param>
/// <param name="Seconds">For how long.</param>
[GenerateSerializer, Immutable, Alias("take-hold")]
public sealed record TakeHold(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string HoldId,
    [property: Id(2)] ImmutableArray<HoldMember> Members,
    [property: Id(3)] long Start,
    [property: Id(4)] long End,
    [property: Id(5)] int Seconds);

/// <summary>Somebody whose time is to be kept.</summary>
/// <param name="Sub"><c>acc_…</c> or <c>apc_…</c>.</param>
/// <param name="CalendarIds">The calendars that keep them busy; default for all.</param>
[GenerateSerializer, Immutable, Alias("hold-member")]
public sealed record HoldMember([property: Id(0)] string Sub, [property: Id(1)] ImmutableArray<string> CalendarIds);

/// <summary>Time that is kept.</summary>
/// <param name="HoldId">The application's own id, or one that was made for it.</param>
/// <param name="Subs">Whose.</param>
/// <param name="Start">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="End">Exclusive; likewise.</param>
/// <param name="ExpiresAt">Until when; likewise.</param>
[GenerateSerializer, Immutable, Alias("hold-view")]
public sealed record HoldView(
    [property: Id(0)] string HoldId,
    [property: Id(1)] ImmutableArray<string> Subs,
    [property: Id(2)] long Start,
    [property: Id(3)] long End,
    [property: Id(4)] long ExpiresAt);

/// <summary>What asking for time came to.</summary>
/// <param name="Hold">The time that is kept; null when it is not.</param>
/// <param name="NotFree">Who is not free then; null unless that is the reason.</param>
/// <param name="Errors">What is wrong with the request; empty unless something is.</param>
[GenerateSerializer, Immutable, Alias("hold-answer")]
public sealed record HoldAnswer(
    [property: Id(0)] HoldView? Hold, [property: Id(1)] string? NotFree, [property: Id(2)] ImmutableArray<FieldError> Errors);

/// <summary>Leave to keep a person's time.</summary>
/// <param name="PersonId"><c>per_…</c>.</param>
/// <param name="CalendarIds">The calendars that keep them busy.</param>
[GenerateSerializer, Immutable, Alias("hold-leave")]
public sealed record HoldLeave([property: Id(0)] string PersonId, [property: Id(1)] ImmutableArray<string> CalendarIds);

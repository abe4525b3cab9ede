using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Availability;

/// <summary>Something that so many people may come to: the one place that counts them. Key: <c>bke_…</c>.</summary>
[Alias("bookable-event"), GrainInterfaceType("bookable-event"), Version(1)]
public interface IBookableEventGrain : IGrainWithStringKey
{
    /// <summary>Makes it, or changes it. Registrations stay, also when they are more than its capacity then.</summary>
    [Alias("put")]
    Task<BookableEventView> Put(BookableEvent definition, CancellationToken cancellationToken);

    /// <summary>The event; null when there is none.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<BookableEventView?> View(CancellationToken cancellationToken);

    /// <summary>How many places are taken; null when there is no such event.</summary>
    [Alias("places"), AlwaysInterleave]
    Task<BookableEventPlaces?> Places(CancellationToken cancellationToken);

    /// <summary>Registers somebody, or changes how they stand.</summary>
    [Alias("register")]
    Task<RegisterAnswer> Register(Registration registration, CancellationToken cancellationToken);

    /// <summary>Deletes a registration. One that is not there is no fault.</summary>
    /// <returns>False when there is no such event.</returns>
    [Alias("unregister")]
    Task<bool> Unregister(string registrationId, CancellationToken cancellationToken);
}

/// <summary>A bookable event as its application describes it.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="EventId">The application's own id.</param>
/// <param name="Start">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="End">Exclusive; likewise.</param>
/// <param name="IsCancelled">True when it does not take place: nobody can register any more.</param>
/// <param name="Capacity">Places, 1 to 256; null for as many as come.</param>
[GenerateSerializer, Immutable, Alias("bookable-event-definition")]
public sealed record BookableEvent(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string EventId,
    [property: Id(2)] long Start,
    [property: Id(3)] long End,
    [property: Id(4)] bool IsCancelled,
    [property: Id(5)] int? Capacity);

/// <summary>Somebody who registered.</summary>
/// <param name="RegistrationId">The application's own id.</param>
/// <param name="Status">How they stand.</param>
/// <param name="Metadata">What the application noted, as JSON; null when nothing.</param>
[GenerateSerializer, Immutable, Alias("registration")]
public sealed record Registration(
    [property: Id(0)] string RegistrationId, [property: Id(1)] RegistrationStatus Status, [property: Id(2)] string? Metadata)
{
    /// <summary>Prints the id only.</summary>
    public override string ToString() => $"Registration({RegistrationId})";
}

/// <summary>A bookable event and who registered.</summary>
/// <param name="Event">The event.</param>
/// <param name="Registrations">In the order of their first registering.</param>
[GenerateSerializer, Immutable, Alias("bookable-event-view")]
public sealed record BookableEventView(
    [property: Id(0)] BookableEvent Event, [property: Id(1)] ImmutableArray<Registration> Registrations);

/// <summary>A bookable event and its places.</summary>
/// <param name="Event">The event.</param>
/// <param name="Registered">Places that are taken.</param>
/// <param name="IsOpen">True when it takes place and somebody new can register.</param>
[GenerateSerializer, Immutable, Alias("bookable-event-places")]
public sealed record BookableEventPlaces(
    [property: Id(0)] BookableEvent Event, [property: Id(1)] int Registered, [property: Id(2)] bool IsOpen);

/// <summary>A question for the bookable events that have places left.</summary>
/// <param name="ClientId">The application that asks.</param>
/// <param name="EventIds">Its own ids, each once.</param>
/// <param name="MaxResults">1 or more.</param>
[GenerateSerializer, Immutable, Alias("open-bookable-events-request")]
public sealed record OpenBookableEventsRequest(
    [property: Id(0)] string ClientId, [property: Id(1)] ImmutableArray<string> EventIds, [property: Id(2)] int MaxResults);

/// <summary>Bookable events that have places left.</summary>
/// <param name="Events">In the order of their starts.</param>
[GenerateSerializer, Immutable, Alias("open-bookable-events")]
public sealed record OpenBookableEvents([property: Id(0)] ImmutableArray<BookableEventPlaces> Events);

/// <summary>What registering came to.</summary>
/// <param name="Event">The event afterwards; null when there is none.</param>
/// <param name="IsRefused">True when it is full, or does not take place.</param>
[GenerateSerializer, Immutable, Alias("register-answer")]
public sealed record RegisterAnswer([property: Id(0)] BookableEventView? Event, [property: Id(1)] bool IsRefused);

using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Holds;
using CalendarActors.Grains.Interfaces.Hosting;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Grants;

/// <remarks>When the person can be met.</remarks>
public partial interface IGrantGrain
{
    /// <summary>What a token permits.</summary>
    /// <param name="tokenHash">SHA-256 of an access token, or an element token that may show and change when the person can be met.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A scope; null for a token that is not good.</returns>
    [Alias("scope-of"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<string?> ScopeOf(ImmutableArray<byte> tokenHash, CancellationToken cancellationToken);

    /// <summary>The person's time, asked for by an application that proved itself.</summary>
    /// <returns>Not found for an application that this is no grant of.</returns>
    [Alias("member-times"), AlwaysInterleave]
    Task<GrantAnswer<MemberTimes>> MemberTimes(string clientId, MemberQuery query, CancellationToken cancellationToken);

    /// <summary>What the application keeps of when the person can be met has changed.</summary>
    [Alias("managed-changed"), AlwaysInterleave]
    Task ManagedChanged(CancellationToken cancellationToken);

    /// <summary>Leave for an application that proved itself to keep some of the person's time.</summary>
    /// <param name="clientId">The application.</param>
    /// <param name="calendarIds">The calendars that keep the person busy; default for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Not found for an application that this is no grant of.</returns>
    [Alias("may-hold"), AlwaysInterleave]
    Task<GrantAnswer<HoldLeave>> MayHold(
        string clientId, ImmutableArray<string> calendarIds, CancellationToken cancellationToken);

    /// <summary>Accepts an upsert of a managed event for which time is held, and keeps that time no longer.</summary>
    [Alias("upsert-held-event"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<Done>> UpsertHeldEvent(
        ImmutableArray<byte> tokenHash,
        string calendarId,
        string eventId,
        EventChange change,
        string holdId,
        CancellationToken cancellationToken);
}

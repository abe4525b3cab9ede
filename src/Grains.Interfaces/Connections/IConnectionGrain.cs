using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Owed;
using NodaTime;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Connections;

/// <summary>One login at one provider; alone owns what the provider issued. Key: <c>pro_…</c>.</summary>
[Alias("connection"), GrainInterfaceType("connection")]
public interface IConnectionGrain : IOwesWork
{
    /// <summary>Gives the login to a person, or renews it when it is theirs already. The first person to claim wins.</summary>
    /// <remarks>
    /// Stores the credential before anything uses it and starts the first pull of every calendar, without waiting.
    /// </remarks>
    [Alias("claim")]
    Task<ClaimAnswer> Claim(ClaimConnection request, CancellationToken cancellationToken);

    /// <summary>What its person's list shows; null when there is no such connection.</summary>
    [Alias("summary"), AlwaysInterleave]
    Task<ConnectionSummary?> Summary(CancellationToken cancellationToken);

    /// <summary>
    /// The credential, still sealed, for the length of one piece of work. An access token near its end is renewed first:
    /// once, however many ask.
    /// </summary>
    [Alias("lease"), AlwaysInterleave]
    Task<AccessLease> Lease(CancellationToken cancellationToken);

    /// <summary>The same, and a place among the few pieces of work of this login that call the provider at once.</summary>
    /// <returns>A lease to be given back by <see cref="Return"/>; without a place when none came free in 10 seconds.</returns>
    [Alias("borrow"), AlwaysInterleave]
    Task<AccessLease> Borrow(CancellationToken cancellationToken);

    /// <summary>Gives a place back. One that is never given back comes free after 10 minutes.</summary>
    /// <param name="place"><see cref="AccessLease.Place"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("return"), AlwaysInterleave]
    Task Return(long place, CancellationToken cancellationToken);

    /// <summary>A calendar tells that the provider refused or throttled the leased credential.</summary>
    /// <param name="tokenVersion">The lease's <see cref="AccessLease.TokenVersion"/>: a refusal of an older one is ignored.</param>
    /// <param name="kind">
    /// <see cref="ProviderFaultKind.AuthDead"/>, <see cref="ProviderFaultKind.ScopeMissing"/>,
    /// <see cref="ProviderFaultKind.Throttled"/>, or <see cref="ProviderFaultKind.NotFound"/> when the calendar is not
    /// there: the calendars are listed again before that is believed.
    /// </param>
    /// <param name="detail">For an operator; no secret.</param>
    /// <param name="notBefore">When throttled.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("report-fault")]
    Task ReportFault(
        long tokenVersion, ProviderFaultKind kind, string detail, Instant? notBefore, CancellationToken cancellationToken);

    /// <summary>A calendar tells that a pull succeeded; the first of each calendar ends the initial sync.</summary>
    [Alias("report-synced")]
    Task ReportSynced(string calendarId, CancellationToken cancellationToken);

    /// <summary>Makes a calendar at the provider and starts keeping it equal.</summary>
    /// <param name="name">1 to 250 characters.</param>
    /// <param name="color"><c>#RRGGBB</c>, or null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("create-calendar")]
    Task<CreateCalendarAnswer> CreateCalendar(string name, string? color, CancellationToken cancellationToken);

    /// <summary>Takes the login away: tokens go, calendars stop and forget, the person's list drops it.</summary>
    [Alias("revoke")]
    Task Revoke(CancellationToken cancellationToken);
}

/// <summary>A claim of a login by a person.</summary>
/// <param name="PersonId"><c>per_…</c>.</param>
/// <param name="ProviderName">A value of <c>provider_name</c>.</param>
/// <param name="ProfileName">What the person recognizes it by.</param>
/// <param name="Email">Mail address; null when unknown.</param>
/// <param name="Access">
/// <see cref="ProviderAccess"/> in the form of <see cref="SealedAccess"/>, sealed for the person at this connection;
/// null for an application calendar.
/// </param>
/// <param name="Calendars">The calendars found, with ids made by <see cref="GrainKeys.Calendar"/>.</param>
/// <param name="Renewal">Gets the next access token; null for a password and for an application calendar.</param>
[GenerateSerializer, Immutable, Alias("claim-connection")]
public sealed record ClaimConnection(
    [property: Id(0)] string PersonId,
    [property: Id(1)] string ProviderName,
    [property: Id(2)] string ProfileName,
    [property: Id(3)] string? Email,
    [property: Id(4)] SealedSecret? Access,
    [property: Id(5)] ImmutableArray<FoundCalendar> Calendars,
    [property: Id(6)] SealedRenewal? Renewal = null)
{
    /// <summary>Prints no person.</summary>
    public override string ToString() => $"ClaimConnection({PersonId})";
}

/// <summary>A calendar found at the provider.</summary>
/// <param name="ProviderCalendarId">The provider's id.</param>
/// <param name="Summary">How it is listed.</param>
[GenerateSerializer, Immutable, Alias("found-calendar")]
public sealed record FoundCalendar([property: Id(0)] string ProviderCalendarId, [property: Id(1)] CalendarSummary Summary);

/// <summary>Whose login it is.</summary>
/// <param name="OwnerPersonId">The person who has it, now or since before.</param>
/// <param name="Summary">How the owner's list shows it; null when somebody else has it.</param>
[GenerateSerializer, Immutable, Alias("claim-answer")]
public sealed record ClaimAnswer([property: Id(0)] string OwnerPersonId, [property: Id(1)] ConnectionSummary? Summary);

/// <summary>A credential lent to a calendar.</summary>
/// <param name="State">Anything but connected: there is nothing to lend.</param>
/// <param name="PersonId">Whose it is; null when there is no such connection.</param>
/// <param name="Access">Sealed, see <see cref="SealedAccess"/>; null for native calendars and when there is nothing to lend.</param>
/// <param name="TokenVersion">Names the credential in <see cref="IConnectionGrain.ReportFault"/>.</param>
/// <param name="NotBefore">The provider asked to be left alone until then; null when it did not.</param>
/// <param name="Place">What to give back; 0 when there was no place, and then nothing may be called.</param>
/// <param name="Addresses">The mail addresses of the login, as far as they are known; default for none.</param>
[GenerateSerializer, Immutable, Alias("access-lease")]
public sealed record AccessLease(
    [property: Id(0)] ConnectionState State,
    [property: Id(1)] string? PersonId,
    [property: Id(2)] SealedSecret? Access,
    [property: Id(3)] long TokenVersion,
    [property: Id(4)] Instant? NotBefore,
    [property: Id(5)] long Place = 0,
    [property: Id(6)] ImmutableArray<string> Addresses = default);

/// <summary>What making a calendar came to.</summary>
/// <param name="Calendar">The new calendar; null when it failed.</param>
/// <param name="Fault">Why it failed; null when it did not.</param>
[GenerateSerializer, Immutable, Alias("create-calendar-answer")]
public sealed record CreateCalendarAnswer(
    [property: Id(0)] CalendarSummary? Calendar, [property: Id(1)] ProviderFaultKind? Fault);

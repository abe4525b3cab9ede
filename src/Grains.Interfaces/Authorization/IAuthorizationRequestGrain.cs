using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Owed;

namespace CalendarActors.Grains.Interfaces.Authorization;

/// <summary>
/// One person deciding about one application's request, or connecting a broken login again. Key: <c>req_…</c>, random;
/// lives 15 minutes and only in the browser that began it.
/// </summary>
/// <remarks>
/// Every method takes the SHA-256 of the browser's cookie. Another browser, an ended and an expired request all answer the
/// same: nothing (null, <see cref="ConnectOutcome.Expired"/>).
/// </remarks>
[Alias("authorization-request"), GrainInterfaceType("authorization-request")]
public interface IAuthorizationRequestGrain : IOwesWork
{
    /// <summary>An application sent a person here; its request was checked before.</summary>
    [Alias("begin")]
    Task Begin(BeginAuthorization request, CancellationToken cancellationToken);

    /// <summary>A person followed the relink URL of a connection.</summary>
    /// <returns>False when there is no such connection any more.</returns>
    [Alias("begin-relink")]
    Task<bool> BeginRelink(
        ImmutableArray<byte> browserHash, string connectionId, CancellationToken cancellationToken);

    /// <summary>What to show; null when there is nothing (any more).</summary>
    [Alias("view")]
    Task<RequestView?> View(ImmutableArray<byte> browserHash, CancellationToken cancellationToken);

    /// <summary>Tries a login and, when it works, joins it to the person. May take 25 seconds.</summary>
    [Alias("connect")]
    Task<ConnectOutcome> Connect(
        ImmutableArray<byte> browserHash, ProviderLogin login, CancellationToken cancellationToken);

    /// <summary>The person goes to a provider that issues tokens, to log in there.</summary>
    /// <param name="browserHash">As everywhere.</param>
    /// <param name="providerName">A value of <c>provider_name</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("depart")]
    Task<Departure> Depart(ImmutableArray<byte> browserHash, string providerName, CancellationToken cancellationToken);

    /// <summary>The person comes back from the provider. May take 50 seconds; a second return is <see cref="ConnectOutcome.Expired"/>.</summary>
    [Alias("arrive")]
    Task<ConnectOutcome> Arrive(
        ImmutableArray<byte> browserHash, ProviderArrival arrival, CancellationToken cancellationToken);

    /// <summary>The person goes on as the owner of the login that they just proved to have.</summary>
    [Alias("continue-as-owner")]
    Task<ConnectOutcome> ContinueAsOwner(ImmutableArray<byte> browserHash, CancellationToken cancellationToken);

    /// <summary>The person allows what was asked for. Ends the request.</summary>
    /// <returns>Null when there is nothing to allow: expired, or no login yet.</returns>
    [Alias("allow")]
    Task<RequestEnd?> Allow(ImmutableArray<byte> browserHash, CancellationToken cancellationToken);

    /// <summary>The person refuses, or goes back to the application. Ends the request.</summary>
    /// <returns>Null when there is nothing to refuse.</returns>
    [Alias("deny")]
    Task<RequestEnd?> Deny(ImmutableArray<byte> browserHash, CancellationToken cancellationToken);
}

/// <summary>A checked authorization request.</summary>
/// <param name="BrowserHash">SHA-256 of the browser's cookie.</param>
/// <param name="ClientId">Who asks.</param>
/// <param name="ApplicationName">Its name, shown to the person.</param>
/// <param name="RedirectUri">One that is registered.</param>
/// <param name="State">Given back unchanged; null when there was none.</param>
/// <param name="Scope">Known words, once each.</param>
/// <param name="CodeChallenge">S256 challenge; null without PKCE.</param>
/// <param name="ProviderName">The provider asked for; null to let the person choose.</param>
/// <param name="AvoidsLinking">True to begin a new person, whoever used this browser before.</param>
/// <param name="PersonId">The person that this browser's cookie remembers, or a link token names; null when there is none.</param>
/// <param name="IsLinked">
/// True when a link token names the person: a new login joins them, one that is another's is refused, and the browser is
/// not told who they are.
/// </param>
[GenerateSerializer, Immutable, Alias("begin-authorization")]
public sealed record BeginAuthorization(
    [property: Id(0)] ImmutableArray<byte> BrowserHash,
    [property: Id(1)] string ClientId,
    [property: Id(2)] string ApplicationName,
    [property: Id(3)] string RedirectUri,
    [property: Id(4)] string? State,
    [property: Id(5)] string Scope,
    [property: Id(6)] string? CodeChallenge,
    [property: Id(7)] string? ProviderName,
    [property: Id(8)] bool AvoidsLinking,
    [property: Id(9)] string? PersonId,
    [property: Id(10)] bool IsLinked = false)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"BeginAuthorization({ClientId})";
}

/// <summary>Where a request stands.</summary>
public enum RequestStage
{
    /// <summary>A login is needed: choose a provider.</summary>
    Choose = 0,

    /// <summary>The login belongs to another account here: ask whether to go on as its owner.</summary>
    ConfirmOwner = 1,

    /// <summary>Allow or deny.</summary>
    Consent = 2,

    /// <summary>The broken login works again: nothing is left to do.</summary>
    Reconnected = 3,
}

/// <summary>What the pages show.</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="ApplicationName">Who asks; null when a person reconnects a login.</param>
/// <param name="Scope">What is asked for; empty when a person reconnects a login.</param>
/// <param name="Offered">Values of <c>provider_name</c> that a person can connect here.</param>
/// <param name="ProviderName">The one asked for, or that of the login to reconnect; null when there is a choice.</param>
/// <param name="Profiles">The working logins of the person; of a login to reconnect only that one, as it stands.</param>
/// <param name="PersonId">Who it is by now, for the browser's long-lived cookie; null before a login was proved, or for a link token.</param>
[GenerateSerializer, Immutable, Alias("request-view")]
public sealed record RequestView(
    [property: Id(0)] RequestStage Stage,
    [property: Id(1)] string? ApplicationName,
    [property: Id(2)] string Scope,
    [property: Id(3)] ImmutableArray<string> Offered,
    [property: Id(4)] string? ProviderName,
    [property: Id(5)] ImmutableArray<ConnectionSummary> Profiles,
    [property: Id(6)] string? PersonId)
{
    /// <summary>Prints no person.</summary>
    public override string ToString() => $"RequestView({Stage})";
}

/// <summary>A login as typed.</summary>
/// <param name="ProviderName">A value of <c>provider_name</c>.</param>
/// <param name="Server">Host name, URL or mail domain; null where the provider has only one.</param>
/// <param name="UserName">The login name.</param>
/// <param name="Password">A secret.</param>
[GenerateSerializer, Immutable, Alias("provider-login")]
public sealed record ProviderLogin(
    [property: Id(0)] string ProviderName,
    [property: Id(1)] string? Server,
    [property: Id(2)] string UserName,
    [property: Id(3)] string Password)
{
    /// <summary>Prints no secret and no login name.</summary>
    public override string ToString() => $"ProviderLogin({ProviderName})";
}

/// <summary>Where a person goes to log in.</summary>
/// <param name="Refusal">Why not; null when they can go.</param>
/// <param name="Address">The provider's absolute address, with what is good once in it; null when refused.</param>
[GenerateSerializer, Immutable, Alias("departure")]
public sealed record Departure([property: Id(0)] ConnectOutcome? Refusal, [property: Id(1)] string? Address)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"Departure({Refusal})";
}

/// <summary>What a person brings back from a provider (RFC 6749 4.1.2).</summary>
/// <param name="Proof">What followed the request's id in <c>state</c>.</param>
/// <param name="Code">The code, a secret; null when the provider answered with an error.</param>
/// <param name="IsDenied">True when the error was <c>access_denied</c>: the person said no.</param>
[GenerateSerializer, Immutable, Alias("provider-arrival")]
public sealed record ProviderArrival(
    [property: Id(0)] string Proof, [property: Id(1)] string? Code, [property: Id(2)] bool IsDenied)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => "ProviderArrival";
}

/// <summary>What trying a login came to. Each has a sentence on the form.</summary>
public enum ConnectOutcome
{
    /// <summary>It works and is the person's.</summary>
    Connected = 0,

    /// <summary>It works and is another account's: see <see cref="IAuthorizationRequestGrain.ContinueAsOwner"/>.</summary>
    OwnedByAnother = 1,

    /// <summary>User name or password is wrong.</summary>
    WrongPassword = 2,

    /// <summary>There is no answer, or none that helps, for now.</summary>
    Unreachable = 3,

    /// <summary>What answers is no calendar server.</summary>
    NotACalendarServer = 4,

    /// <summary>The address may not be contacted from here.</summary>
    AddressNotAllowed = 5,

    /// <summary>The server refuses this login the calendars.</summary>
    NotPermitted = 6,

    /// <summary>It works, but is another login than the one to reconnect.</summary>
    OtherLogin = 7,

    /// <summary>This installation does not offer the provider.</summary>
    NotOffered = 8,

    /// <summary>Tried too often: the request has ended.</summary>
    TooManyAttempts = 9,

    /// <summary>There is no such request (any more).</summary>
    Expired = 10,

    /// <summary>The server asks to be left alone for a while.</summary>
    TooBusy = 11,

    /// <summary>The person did not allow it at the provider.</summary>
    Denied = 12,

    /// <summary>The provider refused to let them go on, such as an account of another organization.</summary>
    RefusedByProvider = 13,

    /// <summary>It works and is another account's, where a link token names one: refused.</summary>
    OwnedElsewhere = 14,
}

/// <summary>How a request ended: what goes back to the application.</summary>
/// <param name="RedirectUri">Where to.</param>
/// <param name="State">As given; null when there was none.</param>
/// <param name="Code">The code, a secret; null when the person refused.</param>
/// <param name="PersonId">Who allowed it; null when refused, or for a link token.</param>
[GenerateSerializer, Immutable, Alias("request-end")]
public sealed record RequestEnd(
    [property: Id(0)] string RedirectUri,
    [property: Id(1)] string? State,
    [property: Id(2)] string? Code,
    [property: Id(3)] string? PersonId)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"RequestEnd({(Code is null ? "refused" : "allowed")})";
}

using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Owed;

namespace CalendarActors.Grains.Interfaces.Authorization;

/// <summary>
/// One person deciding whether an application may change events that it did not make. Key: <c>prm_…</c>, random; lives an
/// hour.
/// </summary>
/// <remarks>
/// The application begins it, so no browser is known yet: every method takes the person that the browser's cookie
/// remembers. Whoever that is not, is told nothing but how to prove that they are.
/// </remarks>
[Alias("permission-request"), GrainInterfaceType("permission-request")]
public interface IPermissionRequestGrain : IOwesWork
{
    /// <summary>An application asks; its request was checked before.</summary>
    [Alias("begin")]
    Task Begin(BeginPermissionRequest request, CancellationToken cancellationToken);

    /// <summary>What to show; null when there is nothing (any more).</summary>
    /// <param name="personId">Who the browser remembers; null for nobody.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("view")]
    Task<PermissionRequestView?> View(string? personId, CancellationToken cancellationToken);

    /// <summary>The person allows it, or refuses. Ends the request.</summary>
    /// <returns>Where the person goes now; null when there is nothing to decide, or it is not theirs.</returns>
    [Alias("decide")]
    Task<string?> Decide(string? personId, bool isAllowed, CancellationToken cancellationToken);
}

/// <summary>A checked request for elevated permissions.</summary>
/// <param name="GrantId">Which grant is to be widened.</param>
/// <param name="ClientId">Who asks.</param>
/// <param name="ApplicationName">Its name, shown to the person.</param>
/// <param name="PersonId">Who is asked.</param>
/// <param name="CalendarIds">Calendars to raise, at least one.</param>
/// <param name="RedirectUri">One that is registered.</param>
[GenerateSerializer, Immutable, Alias("begin-permission-request")]
public sealed record BeginPermissionRequest(
    [property: Id(0)] string GrantId,
    [property: Id(1)] string ClientId,
    [property: Id(2)] string ApplicationName,
    [property: Id(3)] string PersonId,
    [property: Id(4)] ImmutableArray<string> CalendarIds,
    [property: Id(5)] string RedirectUri);

/// <summary>What the page shows.</summary>
/// <param name="ApplicationName">Who asks; null when the browser is not known to be the person's.</param>
/// <param name="Profiles">The person's logins with the calendars asked for and no others; empty likewise.</param>
/// <param name="SignInWith">A login that proves who is there; null when the browser is known to be the person's, and when there is none.</param>
/// <param name="ProviderName">Whose login that is; null likewise.</param>
[GenerateSerializer, Immutable, Alias("permission-request-view")]
public sealed record PermissionRequestView(
    [property: Id(0)] string? ApplicationName,
    [property: Id(1)] ImmutableArray<ConnectionSummary> Profiles,
    [property: Id(2)] string? SignInWith,
    [property: Id(3)] string? ProviderName)
{
    /// <summary>Prints no person.</summary>
    public override string ToString() => $"PermissionRequestView({(ApplicationName is null ? "unknown browser" : "known")})";
}

using System.Collections.Immutable;

namespace CalendarActors.Grains.Grants;

/// <summary>A grant of which a good access token was shown: for the length of one call.</summary>
/// <param name="GrantId"><c>acc_…</c> or <c>apc_…</c>.</param>
/// <param name="ClientId">The application that holds it.</param>
/// <param name="PersonId">Whose data it opens.</param>
/// <param name="Scope">What the token permits.</param>
/// <param name="ApplicationCalendarId">The application's own id of an application calendar; else null.</param>
/// <param name="Person">What the grant's activation remembers of the person.</param>
/// <param name="Unrestricted">Calendars in which the application may change what it did not make.</param>
internal sealed record CheckedGrant(
    string GrantId,
    string ClientId,
    string PersonId,
    string Scope,
    string? ApplicationCalendarId,
    RememberedPerson Person,
    ImmutableArray<string> Unrestricted);

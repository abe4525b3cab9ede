using System.Collections.Immutable;

namespace CalendarActors.Domain.Providers;

/// <summary>A login as the provider knows it, found when a person connects.</summary>
/// <param name="Issuer">Who vouches for <paramref name="Subject"/>: an OAuth issuer, or a CalDAV origin.</param>
/// <param name="Subject">The login's permanent id there: OAuth subject, or the CalDAV principal's path.</param>
/// <param name="ProfileName">What the person recognizes it by: a mail address or login name.</param>
/// <param name="Email">Mail address; null when the provider does not say.</param>
/// <param name="Access">What to keep for later calls: <see cref="ProviderAccess.Server"/> may be better than what was typed.</param>
/// <param name="Calendars">The calendars of this login.</param>
public sealed record ProviderAccount(
    string Issuer,
    string Subject,
    string ProfileName,
    string? Email,
    ProviderAccess Access,
    ImmutableArray<ProviderCalendar> Calendars)
{
    /// <summary>Prints no person.</summary>
    public override string ToString() => $"ProviderAccount({Access.ProviderName}, {Calendars.Length} calendars)";
}

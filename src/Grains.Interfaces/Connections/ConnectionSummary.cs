using System.Collections.Immutable;
using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Connections;

/// <summary>A connection as its person's list shows it ("profile" on the wire).</summary>
/// <param name="ConnectionId"><c>pro_…</c>.</param>
/// <param name="Version">Rises with every change; an older summary never replaces a newer one.</param>
/// <param name="ProviderName">A value of <c>provider_name</c>.</param>
/// <param name="ProfileName">What the person recognizes it by.</param>
/// <param name="Email">Mail address; null when the provider does not say.</param>
/// <param name="State">Whether it works.</param>
/// <param name="Reason">Why it does not, or which permission it lacks, for an operator; null when all is well.</param>
/// <param name="InitialSyncRequired">True until each calendar was pulled once.</param>
/// <param name="Calendars">Its calendars, in the provider's order, deleted ones included.</param>
[GenerateSerializer, Immutable, Alias("connection-summary")]
public sealed record ConnectionSummary(
    [property: Id(0)] string ConnectionId,
    [property: Id(1)] long Version,
    [property: Id(2)] string ProviderName,
    [property: Id(3)] string ProfileName,
    [property: Id(4)] string? Email,
    [property: Id(5)] ConnectionState State,
    [property: Id(6)] string? Reason,
    [property: Id(7)] bool InitialSyncRequired,
    [property: Id(8)] ImmutableArray<CalendarSummary> Calendars)
{
    /// <summary>The mail addresses of the login, as far as its profile tells.</summary>
    public ImmutableArray<string> Addresses() => MailAddresses.Among(Email, ProfileName);

    /// <summary>Prints ids only.</summary>
    public override string ToString() => $"{ConnectionId} {State}";
}

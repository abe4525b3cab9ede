namespace CalendarActors.Domain.Providers;

/// <summary>A calendar as its provider lists it.</summary>
/// <param name="Id">The provider's own id, stable: for CalDAV the collection's absolute URL.</param>
/// <param name="Name">Display name.</param>
/// <param name="IsReadOnly">True when this login may not write events to it.</param>
/// <param name="IsPrimary">True for the login's default calendar; exactly one of a login's calendars, if it has any.</param>
/// <param name="ZoneId">IANA zone for days and floating times; null when the provider does not say.</param>
/// <param name="Color"><c>#RRGGBB</c>; null when it does not say.</param>
public sealed record ProviderCalendar(
    string Id, string Name, bool IsReadOnly, bool IsPrimary, string? ZoneId, string? Color)
{
    /// <summary>Prints the id only: names are the person's own words.</summary>
    public override string ToString() => "ProviderCalendar";
}

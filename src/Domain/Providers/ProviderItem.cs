using CalendarActors.Domain.Events;

namespace CalendarActors.Domain.Providers;

/// <summary>One stored thing of a calendar: for CalDAV a resource.</summary>
/// <param name="Id">The provider's id within the calendar: for CalDAV the resource's path.</param>
/// <param name="Version">Changes whenever the item does: for CalDAV the etag, quotes included. Null when it gave none.</param>
/// <param name="Object">What it holds.</param>
public sealed record ProviderItem(string Id, string? Version, CalendarObject Object);

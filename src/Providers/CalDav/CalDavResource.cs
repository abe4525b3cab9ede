using CalendarActors.Providers.ICalendar;

namespace CalendarActors.Providers.CalDav;

/// <summary>A resource as it is on the server now.</summary>
/// <param name="Etag">As written; null when the server gave none.</param>
/// <param name="Reading">Its contents.</param>
internal sealed record CalDavResource(string? Etag, CalendarReading Reading);

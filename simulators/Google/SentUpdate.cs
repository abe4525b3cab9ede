namespace CalendarActors.Simulators.Google;

/// <summary>A write that asked for mails to guests, or asked for none.</summary>
/// <param name="CalendarId">The calendar.</param>
/// <param name="EventId">The event.</param>
/// <param name="Method">The HTTP method of the write.</param>
/// <param name="SendUpdates"><c>all</c>, <c>externalOnly</c> or <c>none</c>, as sent; null when the parameter was left out.</param>
public sealed record SentUpdate(string CalendarId, string EventId, string Method, string? SendUpdates);

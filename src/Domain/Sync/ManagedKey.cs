namespace CalendarActors.Domain.Sync;

/// <summary>Names a managed event within one calendar.</summary>
/// <param name="ClientId">The application whose event it is.</param>
/// <param name="EventId">The application's own id, 1 to 255 characters.</param>
public readonly record struct ManagedKey(string ClientId, string EventId);

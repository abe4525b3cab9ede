namespace CalendarActors.Domain.Sync;

/// <summary>Names an event within one calendar: a managed one by its application's id, any other by the provider's.</summary>
/// <param name="ClientId">The application whose event it is; empty when it is no application's.</param>
/// <param name="EventId">The application's own id, 1 to 255 characters; the provider's when it is no application's.</param>
public readonly record struct ManagedKey(string ClientId, string EventId)
{
    /// <summary>True when no application of ours wrote the event.</summary>
    public bool IsItem => ClientId.Length == 0;

    /// <summary>An event that no application of ours wrote.</summary>
    /// <param name="itemId">The provider's id.</param>
    public static ManagedKey OfItem(string itemId) => new("", itemId);
}

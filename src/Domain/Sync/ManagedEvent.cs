using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What is known about a managed event, kept while it exists and for a while after.</summary>
/// <param name="Key">Whose, and its own id.</param>
/// <param name="Incarnation">
/// How often it was deleted: a new one under the same id gets a new name at the provider, because some providers never
/// give up the name of a deleted event.
/// </param>
/// <param name="EventKey">Its name at the provider in this incarnation.</param>
/// <param name="ItemId">The provider's item; null when there is none now.</param>
/// <param name="AppliedThrough">Sequence of the last write that the provider took; 0 before the first.</param>
/// <param name="Changed">When this record last changed.</param>
public sealed record ManagedEvent(
    ManagedKey Key, int Incarnation, string EventKey, string? ItemId, long AppliedThrough, Instant Changed)
{
    /// <summary>Prints the name at the provider only.</summary>
    public override string ToString() => $"ManagedEvent({EventKey})";
}

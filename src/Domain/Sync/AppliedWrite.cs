namespace CalendarActors.Domain.Sync;

/// <summary>A write that the provider took of an event that is no application's.</summary>
/// <param name="ItemId">The provider's item.</param>
/// <param name="Sequence">Which write.</param>
public sealed record AppliedWrite(string ItemId, long Sequence);

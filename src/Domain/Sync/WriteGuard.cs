namespace CalendarActors.Domain.Sync;

/// <summary>A write that the provider took, until a pull begun later contains its result.</summary>
/// <remarks>
/// A provider may answer a pull from a copy that is older than our write. Such an answer names the version that was
/// there before the write, and is not believed.
/// </remarks>
/// <param name="Sequence">Which write.</param>
/// <param name="ItemId">The item written or deleted.</param>
/// <param name="PriorVersion">The version before the write; null when there was none.</param>
public sealed record WriteGuard(long Sequence, string ItemId, string? PriorVersion);

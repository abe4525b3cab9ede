using CalendarActors.Domain.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>An <see cref="AppliedWrite"/>, as stored.</summary>
[GenerateSerializer, Immutable, Alias("packed-applied")]
internal sealed record PackedApplied([property: Id(0)] string ItemId, [property: Id(1)] long Sequence);

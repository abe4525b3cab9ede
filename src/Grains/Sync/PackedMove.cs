using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A <see cref="Move"/>, as stored.</summary>
[GenerateSerializer, Immutable, Alias("packed-move")]
internal sealed record PackedMove(
    [property: Id(0)] string Identity,
    [property: Id(1)] CalendarTime? RecurrenceId,
    [property: Id(2)] CalendarTime Start,
    [property: Id(3)] CalendarTime End,
    [property: Id(4)] Instant Moved);

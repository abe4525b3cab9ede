using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Sync;

/// <summary>A time at which a happening was.</summary>
/// <param name="Start">Inclusive, as it was written.</param>
/// <param name="End">Exclusive, as it was written.</param>
public readonly record struct Former(CalendarTime Start, CalendarTime End);

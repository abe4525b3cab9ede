namespace CalendarActors.Bench;

/// <summary>What is read inside a measured process.</summary>
/// <param name="BytesAlive">After a full, compacting collection.</param>
/// <param name="Ticks">Reminders that were delivered since its start.</param>
/// <param name="SecondsLate">All of these together.</param>
/// <param name="SecondsLatest">The latest of them.</param>
internal sealed record ProcessReading(long BytesAlive, long Ticks, double SecondsLate, double SecondsLatest);

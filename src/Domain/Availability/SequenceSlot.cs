namespace CalendarActors.Domain.Availability;

/// <summary>When one step of a sequence takes place.</summary>
/// <param name="Step">Its number among the steps asked for.</param>
/// <param name="Time">When, and who could come.</param>
public sealed record SequenceSlot(int Step, AvailableTime Time);

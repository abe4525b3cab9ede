namespace CalendarActors.Grains.Owed;

/// <summary>A stored row that says: this grain owes work.</summary>
/// <param name="StateName">One of <see cref="OwedStates"/>.</param>
/// <param name="GrainKey">The grain's key.</param>
public sealed record OwedRow(string StateName, string GrainKey);

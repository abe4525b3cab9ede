using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Operators;

namespace CalendarActors.Grains.Operators;

/// <summary>What is stored.</summary>
/// <param name="Listed">By kind; connections by state and provider too.</param>
/// <param name="Owed">By state.</param>
/// <param name="Reminders">How many.</param>
/// <param name="RemindersDue">Of those, how many are due soon.</param>
public sealed record StoredCounts(
    ImmutableArray<ListedCount> Listed, ImmutableArray<OwedCount> Owed, long Reminders, long RemindersDue);

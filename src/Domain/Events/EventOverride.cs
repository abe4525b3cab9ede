using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Events;

/// <summary>What replaces one occurrence of a series, or it and all later ones (RFC 5545 section 3.8.4.4).</summary>
/// <param name="RecurrenceId">The start that the replaced occurrence would have had.</param>
/// <param name="ThisAndFuture">True when it holds for all later occurrences too (<c>RANGE=THISANDFUTURE</c>).</param>
/// <param name="Definition">The replacement; one whose status is cancelled removes the occurrence.</param>
public sealed record EventOverride(CalendarTime RecurrenceId, bool ThisAndFuture, EventDefinition Definition);

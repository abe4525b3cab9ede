using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>When a happening was, before it moved.</summary>
/// <param name="Identity">What its uid is made of, see <see cref="HappeningIds"/>.</param>
/// <param name="RecurrenceId">Which of a series; null for an event that happens once.</param>
/// <param name="Start">Inclusive, as it was written.</param>
/// <param name="End">Exclusive, as it was written.</param>
/// <param name="Moved">Our commit time.</param>
public sealed record Move(string Identity, CalendarTime? RecurrenceId, CalendarTime Start, CalendarTime End, Instant Moved)
{
    /// <summary>Prints the identity only.</summary>
    public override string ToString() => $"Move({Identity})";
}

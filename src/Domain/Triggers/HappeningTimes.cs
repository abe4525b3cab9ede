using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Triggers;

/// <summary>When an event happens once, or one happening of a series. It says nothing of what happens.</summary>
/// <param name="Uid"><c>evt_external_…</c> of this happening.</param>
/// <param name="Start">Inclusive, as written.</param>
/// <param name="End">Exclusive, as written.</param>
/// <param name="StartsAt">Instant of <paramref name="Start"/>; of days and floating times, in the calendar's zone.</param>
/// <param name="EndsAt">Instant of <paramref name="End"/>, likewise; never before <paramref name="StartsAt"/>.</param>
public sealed record HappeningTimes(string Uid, CalendarTime Start, CalendarTime End, Instant StartsAt, Instant EndsAt);

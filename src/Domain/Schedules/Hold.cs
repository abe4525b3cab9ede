using CalendarActors.Domain.Availability;
using NodaTime;

namespace CalendarActors.Domain.Schedules;

/// <summary>Some of a person's time that is kept for a meeting which is about to be made.</summary>
/// <param name="Key">Which hold it is a part of, <c>hld_…</c>.</param>
/// <param name="ClientId">The application that took it.</param>
/// <param name="Time">Never empty.</param>
/// <param name="ExpiresAt">It counts before then.</param>
/// <param name="IsConfirmed">True when the meeting is written, which takes the time from then on: the hold is only remembered.</param>
public sealed record Hold(string Key, string ClientId, Stretch Time, Instant ExpiresAt, bool IsConfirmed = false);

using CalendarActors.Domain.Availability;
using NodaTime;

namespace CalendarActors.Domain.Schedules;

/// <summary>Some of a person's time that is kept for a meeting which is about to be made.</summary>
/// <param name="Key">Which hold it is a part of, <c>hld_…</c>.</param>
/// <param name="ClientId">The application that took it.</param>
/// <param name="Time">Never empty.</param>
/// <param name="ExpiresAt">It counts before then.</param>
/// <param name="IsConfirmed">True when the meeting is written, which takes the time from then on: the hold is only remembered.</param>
/// <param name="Meeting">Which meeting is being written for it, or is written; null for none, or where that was not said.</param>
/// <param name="WritingUntil">Until when that meeting is being written at the latest; null when it is not being written.</param>
public sealed record Hold(
    string Key,
    string ClientId,
    Stretch Time,
    Instant ExpiresAt,
    bool IsConfirmed = false,
    string? Meeting = null,
    Instant? WritingUntil = null)
{
    /// <summary>True while a meeting is being written for it.</summary>
    public bool IsBeingWritten(Instant now) => WritingUntil > now;
}

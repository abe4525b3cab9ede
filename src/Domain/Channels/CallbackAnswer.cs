using NodaTime;

namespace CalendarActors.Domain.Channels;

/// <summary>How a call of an application ended.</summary>
/// <param name="Outcome">Which of the closed list.</param>
/// <param name="Status">The HTTP status; null when there was none.</param>
/// <param name="RetryAfter">How long to leave it alone, as a 429 or 503 asked; null when it did not.</param>
public sealed record CallbackAnswer(CallbackOutcome Outcome, int? Status = null, Duration? RetryAfter = null);

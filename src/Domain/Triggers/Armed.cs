using NodaTime;

namespace CalendarActors.Domain.Triggers;

/// <summary>A moment that a transition waits for, or that it came to.</summary>
/// <param name="Due">When.</param>
/// <param name="Happening">Of which happening, as it was when last looked at before <paramref name="Due"/>.</param>
public sealed record Armed(Instant Due, HappeningTimes Happening);

namespace CalendarActors.Bench;

/// <summary>One person's watched calendar.</summary>
/// <param name="Email">The person at the simulated Google, and the calendar's id there.</param>
/// <param name="EventId">Its one event's id there.</param>
/// <param name="Token">Our access token.</param>
internal sealed record PushedCalendar(string Email, string EventId, string Token);

namespace CalendarActors.Domain.Availability;

/// <summary>So many meetings of the application in each day or week, and no more.</summary>
/// <remarks>Source: changelog.cronofy.com, "New availability constraints to limit events".</remarks>
/// <param name="Limit">0 or more.</param>
/// <param name="IsWeekly">True for weeks, which begin on Monday; false for days.</param>
/// <param name="ZoneId">IANA zone in which days are counted.</param>
public sealed record AvailabilityConstraint(int Limit, bool IsWeekly, string ZoneId);

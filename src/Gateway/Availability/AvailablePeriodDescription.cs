using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Availability;

/// <summary>What the OpenAPI document says of available periods.</summary>
internal static class AvailablePeriodDescription
{
    public static ApiDescription Put { get; } = new(
        AvailabilityDescription.Tag,
        "Make or replace an available period",
        "A single time at which the account's person can be met, beside what the rules say. Questions use it with "
        + "managed_availability. May stand in a batch. One that was over 42 days ago is not kept.",
        StatusCodes.Status202Accepted)
    {
        Body = """
            { "available_period_id": "period-1", "start": "2031-05-05T09:00:00Z", "end": "2031-05-05T17:00:00Z" }
            """,
        BodySchema = AvailabilitySchemas.PeriodRequest,
        Failures = [400, 422],
    };

    public static ApiDescription List { get; } = new(
        AvailabilityDescription.Tag,
        "List available periods",
        "Those that have a moment in the range, on one page.",
        StatusCodes.Status200OK)
    {
        Query =
        [
            new("from", "date", "First day, in tzid."),
            new("to", "date", "Day after the last, in tzid."),
            new("tzid", "string", "The zone of the days; UTC without it."),
            new("localized_times", "boolean", "Times as {time, tzid}."),
        ],
        Answer = """
            {
              "pages": { "current": 1, "total": 1 },
              "available_periods": [
                { "available_period_id": "period-1", "start": "2031-05-05T09:00:00Z", "end": "2031-05-05T17:00:00Z" }
              ]
            }
            """,
        AnswerSchema = AvailabilitySchemas.PeriodList,
        Failures = [422],
    };

    public static ApiDescription Remove { get; } = new(
        AvailabilityDescription.Tag,
        "Delete an available period, or all",
        "One that is not there is no fault. May stand in a batch.",
        StatusCodes.Status202Accepted)
    {
        Body = """{ "available_period_id": "no-such-period" }""",
        BodySchema = AvailabilitySchemas.PeriodRemoval,
        Failures = [400, 422],
    };
}

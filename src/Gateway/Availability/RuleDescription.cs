using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Availability;

/// <summary>What the OpenAPI document says of rules.</summary>
internal static class RuleDescription
{
    private const string Rule = """
        {
          "availability_rule_id": "default", "tzid": "America/Chicago", "calendar_ids": ["cal_1a2b3c_4d5e6f"],
          "weekly_periods": [{ "day": "monday", "start_time": "09:30", "end_time": "16:30" }]
        }
        """;

    private const string One = $$"""{ "availability_rule": {{Rule}} }""";

    public static ApiDescription Put { get; } = new(
        AvailabilityDescription.Tag,
        "Make or replace a rule",
        "The hours of the week at which the account's person can be met, on the wall of a zone: an hour that its clock skips is "
        + "in no rule. Questions use them with managed_availability. Belongs to the application and the account.",
        StatusCodes.Status200OK)
    {
        Body = Rule,
        BodySchema = AvailabilitySchemas.RuleRequest,
        Answer = One,
        AnswerSchema = AvailabilitySchemas.RuleAnswer,
        Failures = [400, 403, 422],
    };

    public static ApiDescription List { get; } = new(
        AvailabilityDescription.Tag, "List the rules", "All rules that the application keeps for the account.", StatusCodes.Status200OK)
    {
        Answer = $$"""{ "availability_rules": [{{Rule}}] }""",
        AnswerSchema = AvailabilitySchemas.RuleList,
    };

    public static ApiDescription Read { get; } = new(
        AvailabilityDescription.Tag, "Read a rule", "One rule that the application keeps for the account.", StatusCodes.Status200OK)
    {
        Answer = One,
        AnswerSchema = AvailabilitySchemas.RuleAnswer,
        Failures = [403, 404],
    };

    public static ApiDescription Remove { get; } = new(
        AvailabilityDescription.Tag, "Delete a rule", "One that is not there is no fault.", StatusCodes.Status202Accepted);
}

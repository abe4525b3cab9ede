using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Calendars;

/// <summary>What the OpenAPI document says of calendars.</summary>
internal static class CalendarDescription
{
    private const string Tag = "Calendars";

    private const string Calendar = """
        {
          "provider_name": "caldav", "profile_id": "pro_1a2b3c", "profile_name": "ann@example.com",
          "calendar_id": "cal_1a2b3c_4d5e6f", "calendar_name": "Work", "calendar_readonly": false,
          "calendar_deleted": false, "calendar_primary": true, "calendar_integrated_conferencing_available": false,
          "calendar_attachments_available": true, "permission_level": "sandbox"
        }
        """;

    public static ApiDescription List { get; } = new(
        Tag,
        "List calendars",
        "Of all profiles. Calendars that the provider no longer has stay listed with calendar_deleted.",
        StatusCodes.Status200OK)
    {
        Answer = $$"""{ "sub": "acc_0123456789abcdef01234567", "calendars": [{{Calendar}}] }""",
        AnswerSchema = CalendarSchemas.List,
    };

    public static ApiDescription Create { get; } = new(
        Tag,
        "Make a calendar",
        "A name that exists already is refused only where the provider refuses it. Needs create_calendar.",
        StatusCodes.Status200OK)
    {
        Body = """{ "profile_id": "pro_1a2b3c", "name": "Bookings", "color": "#49BED8" }""",
        BodySchema = CalendarSchemas.Create,
        Answer = $$"""{ "calendar": {{Calendar}} }""",
        AnswerSchema = CalendarSchemas.Created,
        Failures = [400, 403, 404, 422, 423],
    };
}

using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Authorization;

/// <summary>What the OpenAPI document says of elevated permissions.</summary>
internal static class PermissionDescription
{
    public static ApiDescription Request { get; } = new(
        "Calendars",
        "Ask for elevated permissions",
        "With unrestricted, the application may also change and delete events that it did not make, by event_uid. Send the "
        + "person to permissions_request.url: it lives an hour, and leads back to redirect_uri, with error=access_denied when "
        + "they refuse. redirect_uri must be one of the application's own. Lowering to sandbox is done at once; when nothing "
        + "is left to ask, the answer is {\"permissions_request\": {\"accepted\": true}}. Needs create_event.",
        StatusCodes.Status200OK)
    {
        Body = """
            {
              "permissions": [{ "calendar_id": "cal_1a2b3c_4d5e6f", "permission_level": "unrestricted" }],
              "redirect_uri": "https://app.example.com/permitted"
            }
            """,
        BodySchema = PermissionSchemas.Request,
        Answer = """
            { "permissions_request": { "url": "https://calendars.example.com/permissions/prm_0123456789abcdef0123456789abcdef" } }
            """,
        AnswerSchema = PermissionSchemas.Answer,
        Failures = [400, 403, 422],
    };
}

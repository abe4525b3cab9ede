using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Attachments;

/// <summary>What the OpenAPI document says of attachments.</summary>
internal static class AttachmentDescription
{
    public static ApiDescription Upload { get; } = new(
        "Attachments",
        "Upload a file that events can have",
        "Takes the API key (a client secret) as the bearer token. Attach it with attachments in a write of an event, in "
        + "calendars with calendar_attachments_available: the event gets a link that opens the file without a login. At most "
        + "5 MiB unless the installation is configured otherwise. A file that no event has is deleted after seven days. 429 "
        + "also where the application has as many files as it may have.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.ClientSecret,
        Body = """
            { "attachment": { "file_name": "agenda.txt", "content_type": "text/plain", "base64_content": "MS4gV2VsY29tZQo=" } }
            """,
        BodySchema = AttachmentSchemas.Request,
        Answer = """
            {
              "attachment": {
                "attachment_id": "att_0123456789abcdef01234567", "file_name": "agenda.txt", "content_type": "text/plain",
                "md5": "109214ba0bfe05e74742d0f34a700b36"
              }
            }
            """,
        AnswerSchema = AttachmentSchemas.Answer,
        Failures = [400, 422],
    };
}

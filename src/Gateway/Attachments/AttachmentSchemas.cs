using CalendarActors.Domain.Attachments;
using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Attachments;

/// <summary>The shapes of attachments.</summary>
internal static class AttachmentSchemas
{
    private static readonly ApiSchema Id = ApiSchema.Formatted(null, 80, "^att_[0-9a-z_]+$");

    private static readonly ApiField[] Named =
    [
        Must("file_name", ApiSchema.Text(AttachmentRules.FileName), "With the ending that files of its content_type have."),
        Must("content_type", ApiSchema.Word([.. AttachmentRules.ContentTypes]), "A media type without parameters."),
    ];

    private static readonly ApiSchema Given = ApiSchema.Object(
        "GivenAttachment",
        "A file.",
        [.. Named, Must("base64_content", ApiSchema.Formatted("byte", 24 * 1024 * 1024, null), "Its bytes (RFC 4648 4).")]);

    private static readonly ApiSchema Stored = ApiSchema.Object(
        "Attachment",
        "A file that can be attached to events.",
        [Must("attachment_id", Id), .. Named, Must("md5", ApiSchema.Formatted(null, 32, "^[0-9a-f]{32}$"), "Of its bytes, in hex.")]);

    /// <summary>What an event is to have.</summary>
    public static ApiSchema OfEvent { get; } = ApiSchema.List(
        ApiSchema.Object("EventAttachment", "An attachment of an event.", Must("attachment_id", Id)), AttachmentRules.PerEvent);

    public static ApiSchema Request { get; } = ApiSchema.Object(
        "AttachmentRequest", "A file to store.", Must("attachment", Given));

    public static ApiSchema Answer { get; } = ApiSchema.Object(
        "AttachmentAnswer", "The stored file.", Must("attachment", Stored));
}

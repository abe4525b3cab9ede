using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A file attachment.</summary>
public class EventAttachment : IDirectResponseSchema
{
    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>ID of the attached file, for those in Google Drive. Read-only.</summary>
    [JsonProperty("fileId")]
    public virtual string? FileId { get; set; }

    /// <summary>URL link to the attachment.</summary>
    [JsonProperty("fileUrl")]
    public virtual string? FileUrl { get; set; }

    /// <summary>URL link to the attachment's icon; can be modified for custom third-party attachments only.</summary>
    [JsonProperty("iconLink")]
    public virtual string? IconLink { get; set; }

    /// <summary>Internet media type (MIME type) of the attachment.</summary>
    [JsonProperty("mimeType")]
    public virtual string? MimeType { get; set; }

    /// <summary>Attachment title.</summary>
    [JsonProperty("title")]
    public virtual string? Title { get; set; }
}

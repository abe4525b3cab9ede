using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A calendar as one user lists it.</summary>
public class CalendarListEntry : IDirectResponseSchema
{
    /// <summary>"freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer" or "owner". Read-only.</summary>
    [JsonProperty("accessRole")]
    public virtual string? AccessRole { get; set; }

    /// <summary>The main color of the calendar in the hexadecimal format "#0088aa".</summary>
    [JsonProperty("backgroundColor")]
    public virtual string? BackgroundColor { get; set; }

    /// <summary>Whether this calendar list entry has been deleted from the calendar list. Read-only.</summary>
    [JsonProperty("deleted")]
    public virtual bool? Deleted { get; set; }

    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>The foreground color of the calendar in the hexadecimal format "#ffffff".</summary>
    [JsonProperty("foregroundColor")]
    public virtual string? ForegroundColor { get; set; }

    /// <summary>Whether the calendar has been hidden from the list.</summary>
    [JsonProperty("hidden")]
    public virtual bool? Hidden { get; set; }

    /// <summary>Identifier of the calendar.</summary>
    [JsonProperty("id")]
    public virtual string? Id { get; set; }

    /// <summary>Whether the calendar is the primary calendar of the authenticated user. Read-only.</summary>
    [JsonProperty("primary")]
    public virtual bool? Primary { get; set; }

    /// <summary>Title of the calendar. Read-only.</summary>
    [JsonProperty("summary")]
    public virtual string? Summary { get; set; }

    /// <summary>The summary that the authenticated user has set for this calendar.</summary>
    [JsonProperty("summaryOverride")]
    public virtual string? SummaryOverride { get; set; }

    /// <summary>The time zone of the calendar. Read-only.</summary>
    [JsonProperty("timeZone")]
    public virtual string? TimeZone { get; set; }
}

using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A page of the user's calendars.</summary>
public class CalendarList : IDirectResponseSchema
{
    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>Calendars that are present on the user's calendar list.</summary>
    [JsonProperty("items")]
    public virtual IList<CalendarListEntry>? Items { get; set; }

    /// <summary>Token of the next page; omitted if there are no further results.</summary>
    [JsonProperty("nextPageToken")]
    public virtual string? NextPageToken { get; set; }

    /// <summary>Token to ask later for what changed since; only on the last page.</summary>
    [JsonProperty("nextSyncToken")]
    public virtual string? NextSyncToken { get; set; }
}

using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A page of events.</summary>
public class Events : IDirectResponseSchema
{
    /// <summary>The user's access role for this calendar. Read-only.</summary>
    [JsonProperty("accessRole")]
    public virtual string? AccessRole { get; set; }

    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>List of events on the calendar.</summary>
    [JsonProperty("items")]
    public virtual IList<Event>? Items { get; set; }

    /// <summary>Token of the next page; omitted if there are no further results.</summary>
    [JsonProperty("nextPageToken")]
    public virtual string? NextPageToken { get; set; }

    /// <summary>Token with which to ask later for what changed since; only on the last page.</summary>
    [JsonProperty("nextSyncToken")]
    public virtual string? NextSyncToken { get; set; }

    /// <summary>The time zone of the calendar. Read-only.</summary>
    [JsonProperty("timeZone")]
    public virtual string? TimeZone { get; set; }
}

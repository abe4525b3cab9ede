using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A day or a moment.</summary>
public class EventDateTime : IDirectResponseSchema
{
    /// <summary>The date, in the format "yyyy-mm-dd", if this is an all-day event.</summary>
    [JsonProperty("date")]
    public virtual string? Date { get; set; }

    /// <summary>The time, as a combined date-time value (formatted according to RFC3339).</summary>
    [JsonProperty("dateTime")]
    public virtual string? DateTimeRaw { get; set; }

    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>The time zone in which the time is specified, as an IANA name.</summary>
    [JsonProperty("timeZone")]
    public virtual string? TimeZone { get; set; }
}

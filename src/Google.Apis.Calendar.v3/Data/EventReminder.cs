using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A reminder.</summary>
public class EventReminder : IDirectResponseSchema
{
    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>"email" or "popup".</summary>
    [JsonProperty("method")]
    public virtual string? Method { get; set; }

    /// <summary>Number of minutes before the start of the event, 0 to 40320.</summary>
    [JsonProperty("minutes")]
    public virtual int? Minutes { get; set; }
}

using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A calendar.</summary>
public class Calendar : IDirectResponseSchema
{
    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>Identifier of the calendar.</summary>
    [JsonProperty("id")]
    public virtual string? Id { get; set; }

    /// <summary>Title of the calendar.</summary>
    [JsonProperty("summary")]
    public virtual string? Summary { get; set; }

    /// <summary>The time zone of the calendar, as an IANA name.</summary>
    [JsonProperty("timeZone")]
    public virtual string? TimeZone { get; set; }
}

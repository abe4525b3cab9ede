using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>Conference-related information.</summary>
public class ConferenceData : IDirectResponseSchema
{
    /// <summary>Information about individual conference entry points, such as URLs or phone numbers.</summary>
    [JsonProperty("entryPoints")]
    public virtual IList<EntryPoint>? EntryPoints { get; set; }

    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}

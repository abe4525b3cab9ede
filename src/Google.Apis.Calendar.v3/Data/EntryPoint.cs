using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A way to join a conference.</summary>
public class EntryPoint : IDirectResponseSchema
{
    /// <summary>"video", "phone", "sip" or "more".</summary>
    [JsonProperty("entryPointType")]
    public virtual string? EntryPointType { get; set; }

    /// <summary>The URI of the entry point.</summary>
    [JsonProperty("uri")]
    public virtual string? Uri { get; set; }

    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}

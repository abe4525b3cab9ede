using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>A notification channel.</summary>
public class Channel : IDirectResponseSchema
{
    /// <summary>The address where notifications are delivered for this channel.</summary>
    [JsonProperty("address")]
    public virtual string? Address { get; set; }

    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>When the channel expires, in Unix milliseconds.</summary>
    [JsonProperty("expiration")]
    public virtual long? Expiration { get; set; }

    /// <summary>A UUID or similar unique string that identifies this channel.</summary>
    [JsonProperty("id")]
    public virtual string? Id { get; set; }

    /// <summary>An opaque ID that identifies the resource being watched on this channel.</summary>
    [JsonProperty("resourceId")]
    public virtual string? ResourceId { get; set; }

    /// <summary>An arbitrary string delivered to the target address with each notification.</summary>
    [JsonProperty("token")]
    public virtual string? Token { get; set; }

    /// <summary>The type of delivery mechanism used for this channel: "web_hook".</summary>
    [JsonProperty("type")]
    public virtual string? Type { get; set; }
}

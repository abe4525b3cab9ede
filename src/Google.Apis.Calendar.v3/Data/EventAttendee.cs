using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>Somebody invited.</summary>
public class EventAttendee : IDirectResponseSchema
{
    /// <summary>Number of additional guests.</summary>
    [JsonProperty("additionalGuests")]
    public virtual int? AdditionalGuests { get; set; }

    /// <summary>The attendee's response comment.</summary>
    [JsonProperty("comment")]
    public virtual string? Comment { get; set; }

    /// <summary>The attendee's name, if available.</summary>
    [JsonProperty("displayName")]
    public virtual string? DisplayName { get; set; }

    /// <summary>The attendee's email address, if available.</summary>
    [JsonProperty("email")]
    public virtual string? Email { get; set; }

    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>The attendee's Profile ID, if available.</summary>
    [JsonProperty("id")]
    public virtual string? Id { get; set; }

    /// <summary>Whether this is an optional attendee.</summary>
    [JsonProperty("optional")]
    public virtual bool? Optional { get; set; }

    /// <summary>Whether the attendee is the organizer of the event. Read-only.</summary>
    [JsonProperty("organizer")]
    public virtual bool? Organizer { get; set; }

    /// <summary>Whether the attendee is a resource.</summary>
    [JsonProperty("resource")]
    public virtual bool? Resource { get; set; }

    /// <summary>"needsAction", "declined", "tentative" or "accepted".</summary>
    [JsonProperty("responseStatus")]
    public virtual string? ResponseStatus { get; set; }

    /// <summary>Whether this entry represents the calendar on which this copy of the event appears. Read-only.</summary>
    [JsonProperty("self")]
    public virtual bool? Self { get; set; }
}

using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Calendar.v3.Data;

/// <summary>An event.</summary>
public class Event : IDirectResponseSchema
{
    /// <summary>File attachments for the event, at most 25. To change them, "supportsAttachments" must be true.</summary>
    [JsonProperty("attachments")]
    public virtual IList<EventAttachment>? Attachments { get; set; }

    /// <summary>The attendees of the event.</summary>
    [JsonProperty("attendees")]
    public virtual IList<EventAttendee>? Attendees { get; set; }

    /// <summary>Whether attendees may have been omitted from the event's representation.</summary>
    [JsonProperty("attendeesOmitted")]
    public virtual bool? AttendeesOmitted { get; set; }

    /// <summary>The color of the event: an ID of the "event" section of the colors definition.</summary>
    [JsonProperty("colorId")]
    public virtual string? ColorId { get; set; }

    /// <summary>The conference-related information, such as details of a Google Meet conference.</summary>
    [JsonProperty("conferenceData")]
    public virtual ConferenceData? ConferenceData { get; set; }

    /// <summary>Creation time of the event (as an RFC3339 timestamp). Read-only.</summary>
    [JsonProperty("created")]
    public virtual string? CreatedRaw { get; set; }

    /// <summary>Description of the event; can contain HTML.</summary>
    [JsonProperty("description")]
    public virtual string? Description { get; set; }

    /// <summary>The (exclusive) end time of the event.</summary>
    [JsonProperty("end")]
    public virtual EventDateTime? End { get; set; }

    /// <summary>Whether the end time is actually unspecified.</summary>
    [JsonProperty("endTimeUnspecified")]
    public virtual bool? EndTimeUnspecified { get; set; }

    /// <summary>ETag of the resource.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }

    /// <summary>Specific type of the event; cannot be modified after the event is created.</summary>
    [JsonProperty("eventType")]
    public virtual string? EventType { get; set; }

    /// <summary>Extended properties of the event.</summary>
    [JsonProperty("extendedProperties")]
    public virtual ExtendedPropertiesData? ExtendedProperties { get; set; }

    /// <summary>An absolute link to the Google Hangout associated with this event. Read-only.</summary>
    [JsonProperty("hangoutLink")]
    public virtual string? HangoutLink { get; set; }

    /// <summary>Event unique identifier as defined in RFC5545.</summary>
    [JsonProperty("iCalUID")]
    public virtual string? ICalUID { get; set; }

    /// <summary>Opaque identifier of the event.</summary>
    [JsonProperty("id")]
    public virtual string? Id { get; set; }

    /// <summary>Geographic location of the event as free-form text.</summary>
    [JsonProperty("location")]
    public virtual string? Location { get; set; }

    /// <summary>The organizer of the event.</summary>
    [JsonProperty("organizer")]
    public virtual OrganizerData? Organizer { get; set; }

    /// <summary>For an instance of a recurring event, the time at which it would start according to its series.</summary>
    [JsonProperty("originalStartTime")]
    public virtual EventDateTime? OriginalStartTime { get; set; }

    /// <summary>List of RRULE, EXRULE, RDATE and EXDATE lines for a recurring event.</summary>
    [JsonProperty("recurrence")]
    public virtual IList<string>? Recurrence { get; set; }

    /// <summary>For an instance of a recurring event, the id of the series. Immutable.</summary>
    [JsonProperty("recurringEventId")]
    public virtual string? RecurringEventId { get; set; }

    /// <summary>Information about the event's reminders for the authenticated user.</summary>
    [JsonProperty("reminders")]
    public virtual RemindersData? Reminders { get; set; }

    /// <summary>Source from which the event was created, for example a web page.</summary>
    [JsonProperty("source")]
    public virtual SourceData? Source { get; set; }

    /// <summary>The (inclusive) start time of the event.</summary>
    [JsonProperty("start")]
    public virtual EventDateTime? Start { get; set; }

    /// <summary>"confirmed", "tentative" or "cancelled".</summary>
    [JsonProperty("status")]
    public virtual string? Status { get; set; }

    /// <summary>Title of the event.</summary>
    [JsonProperty("summary")]
    public virtual string? Summary { get; set; }

    /// <summary>Whether the event blocks time: "opaque" (default) or "transparent".</summary>
    [JsonProperty("transparency")]
    public virtual string? Transparency { get; set; }

    /// <summary>Last modification time of the event (as an RFC3339 timestamp). Read-only.</summary>
    [JsonProperty("updated")]
    public virtual string? UpdatedRaw { get; set; }

    /// <summary>"default", "public", "private" or "confidential".</summary>
    [JsonProperty("visibility")]
    public virtual string? Visibility { get; set; }

    /// <summary>Extended properties of the event.</summary>
    public class ExtendedPropertiesData
    {
        /// <summary>Properties that are private to the copy of the event on this calendar.</summary>
        [JsonProperty("private")]
        public virtual IDictionary<string, string>? Private__ { get; set; }

        /// <summary>Properties shared between copies of the event.</summary>
        [JsonProperty("shared")]
        public virtual IDictionary<string, string>? Shared { get; set; }
    }

    /// <summary>The organizer of the event.</summary>
    public class OrganizerData
    {
        /// <summary>The organizer's name, if available.</summary>
        [JsonProperty("displayName")]
        public virtual string? DisplayName { get; set; }

        /// <summary>The organizer's email address, if available.</summary>
        [JsonProperty("email")]
        public virtual string? Email { get; set; }

        /// <summary>The organizer's Profile ID, if available.</summary>
        [JsonProperty("id")]
        public virtual string? Id { get; set; }

        /// <summary>Whether the organizer corresponds to the calendar on which this copy of the event appears.</summary>
        [JsonProperty("self")]
        public virtual bool? Self { get; set; }
    }

    /// <summary>Information about the event's reminders.</summary>
    public class RemindersData
    {
        /// <summary>Reminders specific to the event, at most 5.</summary>
        [JsonProperty("overrides")]
        public virtual IList<EventReminder>? Overrides { get; set; }

        /// <summary>Whether the default reminders of the calendar apply to the event.</summary>
        [JsonProperty("useDefault")]
        public virtual bool? UseDefault { get; set; }
    }

    /// <summary>Source from which the event was created.</summary>
    public class SourceData
    {
        /// <summary>Title of the source.</summary>
        [JsonProperty("title")]
        public virtual string? Title { get; set; }

        /// <summary>URL of the source; its scheme must be HTTP or HTTPS.</summary>
        [JsonProperty("url")]
        public virtual string? Url { get; set; }
    }
}

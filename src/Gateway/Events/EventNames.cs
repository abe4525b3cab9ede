using System.Text.Json;

namespace CalendarActors.Gateway.Events;

/// <summary>The names of an event's fields on the wire, encoded once.</summary>
internal static class EventNames
{
    public static readonly JsonEncodedText CalendarId = JsonEncodedText.Encode("calendar_id");
    public static readonly JsonEncodedText EventId = JsonEncodedText.Encode("event_id");
    public static readonly JsonEncodedText EventUid = JsonEncodedText.Encode("event_uid");
    public static readonly JsonEncodedText Summary = JsonEncodedText.Encode("summary");
    public static readonly JsonEncodedText Description = JsonEncodedText.Encode("description");
    public static readonly JsonEncodedText Start = JsonEncodedText.Encode("start");
    public static readonly JsonEncodedText End = JsonEncodedText.Encode("end");
    public static readonly JsonEncodedText Deleted = JsonEncodedText.Encode("deleted");
    public static readonly JsonEncodedText Created = JsonEncodedText.Encode("created");
    public static readonly JsonEncodedText Updated = JsonEncodedText.Encode("updated");
    public static readonly JsonEncodedText Location = JsonEncodedText.Encode("location");
    public static readonly JsonEncodedText Lat = JsonEncodedText.Encode("lat");
    public static readonly JsonEncodedText Long = JsonEncodedText.Encode("long");
    public static readonly JsonEncodedText ParticipationStatus = JsonEncodedText.Encode("participation_status");
    public static readonly JsonEncodedText Attendees = JsonEncodedText.Encode("attendees");
    public static readonly JsonEncodedText Organizer = JsonEncodedText.Encode("organizer");
    public static readonly JsonEncodedText Email = JsonEncodedText.Encode("email");
    public static readonly JsonEncodedText DisplayName = JsonEncodedText.Encode("display_name");
    public static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    public static readonly JsonEncodedText Transparency = JsonEncodedText.Encode("transparency");
    public static readonly JsonEncodedText ExtendedTransparency = JsonEncodedText.Encode("extended_transparency");
    public static readonly JsonEncodedText Categories = JsonEncodedText.Encode("categories");
    public static readonly JsonEncodedText Recurring = JsonEncodedText.Encode("recurring");
    public static readonly JsonEncodedText SeriesIdentifier = JsonEncodedText.Encode("series_identifier");
    public static readonly JsonEncodedText EventPrivate = JsonEncodedText.Encode("event_private");
    public static readonly JsonEncodedText MeetingUrl = JsonEncodedText.Encode("meeting_url");
    public static readonly JsonEncodedText Options = JsonEncodedText.Encode("options");
    public static readonly JsonEncodedText Delete = JsonEncodedText.Encode("delete");
    public static readonly JsonEncodedText Update = JsonEncodedText.Encode("update");
    public static readonly JsonEncodedText ChangeParticipationStatus = JsonEncodedText.Encode("change_participation_status");
}

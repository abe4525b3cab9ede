using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Wire;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>What an event must be, and what is added to what a client leaves out.</summary>
internal static partial class EventRules
{
    /// <summary>What only the server writes.</summary>
    public static readonly string[] ServerMembers =
    [
        "kind", "etag", "htmlLink", "created", "updated", "creator", "organizer", "hangoutLink", "locked", "privateCopy",
        "recurringEventId", "originalStartTime",
    ];

    private const int MaxAttachments = 25;

    private static readonly string[] Types =
        ["default", "outOfOffice", "focusTime", "workingLocation", "birthday", "fromGmail"];

    /// <summary>Refuses an id that a client may not choose.</summary>
    public static void CheckId(string id)
    {
        if (!ClientId().IsMatch(id))
        {
            throw GoogleProblemException.Invalid("Invalid resource id value.");
        }
    }

    /// <summary>Checks an event and brings it into the stored form.</summary>
    public static void Complete(JsonObject json, GoogleCalendar calendar)
    {
        EventTimes times = EventTimes.Checked(json, calendar.Zone);
        if (Series.IsSeries(json))
        {
            Series.Check(json, calendar.Zone);
        }
        else
        {
            json.Remove("recurrence");
        }

        json["start"] = times.Start.Write(calendar.Zone);
        json["end"] = times.End.Write(calendar.Zone);
        json["status"] ??= "confirmed";
        json["eventType"] ??= "default";
        json["reminders"] ??= new JsonObject { ["useDefault"] = true };
        CheckValues(json);
        CompleteGuests(json);
        CompleteAttachments(json);
    }

    private static void CheckValues(JsonObject json)
    {
        Check(json, "status", "confirmed", "tentative", "cancelled");
        Check(json, "visibility", "default", "public", "private", "confidential");
        Check(json, "transparency", "opaque", "transparent");
        Check(json, "eventType", Types);
    }

    private static void Check(JsonObject json, string member, params string[] allowed)
    {
        if (json[member] is not null && !allowed.Contains(json.Text(member), StringComparer.Ordinal))
        {
            throw GoogleProblemException.Invalid($"Invalid {member} value.");
        }
    }

    private static void CompleteGuests(JsonObject json)
    {
        if (json["attendees"] is not JsonArray { Count: > 0 } guests)
        {
            json.Remove("attendees");
            return;
        }

        string? organizer = json.Object("organizer")?.Text("email");
        foreach (JsonNode? node in guests)
        {
            if (node is not JsonObject guest || string.IsNullOrEmpty(guest.Text("email")))
            {
                throw GoogleProblemException.Required("Missing attendee email.");
            }

            if (!guest.Text("email")!.Contains('@', StringComparison.Ordinal))
            {
                throw GoogleProblemException.Invalid("Invalid attendee email.");
            }

            guest.Remove("self");
            guest["responseStatus"] ??= "needsAction";
            if (string.Equals(guest.Text("email"), organizer, StringComparison.OrdinalIgnoreCase))
            {
                guest["organizer"] = true;
            }
        }
    }

    // Files of other services than Drive are known by their address alone.
    private static void CompleteAttachments(JsonObject json)
    {
        if (json["attachments"] is not JsonArray { Count: > 0 } attachments)
        {
            json.Remove("attachments");
            return;
        }

        if (attachments.Count > MaxAttachments)
        {
            throw GoogleProblemException.Invalid("The maximum number of attachments was exceeded.");
        }

        foreach (JsonNode? node in attachments)
        {
            if (node is not JsonObject attachment || string.IsNullOrEmpty(attachment.Text("fileUrl")))
            {
                throw GoogleProblemException.Required("Missing attachment fileUrl.");
            }

            if (!Uri.TryCreate(attachment.Text("fileUrl"), UriKind.Absolute, out Uri? file) || file.Scheme is not ("https" or "http"))
            {
                throw GoogleProblemException.Invalid("Invalid attachment fileUrl.");
            }

            attachment["title"] ??= file.Host;
        }
    }

    [GeneratedRegex("^[a-v0-9]{5,1024}$", RegexOptions.NonBacktracking)]
    private static partial Regex ClientId();
}

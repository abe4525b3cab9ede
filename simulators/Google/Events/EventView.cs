using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Wire;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>What a role sees of an event.</summary>
internal static class EventView
{
    // What is left of an event whose details are hidden.
    private static readonly string[] BusyMembers =
    [
        "kind", "etag", "id", "status", "created", "updated", "start", "end", "recurrence", "recurringEventId", "originalStartTime",
        "transparency", "iCalUID", "sequence", "eventType",
    ];

    /// <summary>True when the role sees that there is such an event.</summary>
    public static bool IsSeen(StoredEvent item, AccessRole role) =>
        role > AccessRole.FreeBusyReader || item.IsCancelled || item.Json.Text("transparency") != "transparent";

    public static JsonObject Render(StoredEvent item, GoogleCalendar calendar, AccessRole role)
    {
        if (!IsSeen(item, role))
        {
            // It may have been visible before.
            return Deleted(item);
        }

        if (item.IsGone)
        {
            return Deleted(item);
        }

        if (item.IsCancelled)
        {
            JsonObject exception = Deleted(item);
            exception["recurringEventId"] = item.SeriesId;
            exception["originalStartTime"] = item.Json["originalStartTime"]!.DeepClone();
            return exception;
        }

        bool isPrivate = item.Json.Text("visibility") is "private" or "confidential";
        bool hides = role == AccessRole.FreeBusyReader || (isPrivate && role < AccessRole.Writer);
        return hides ? Busy(item) : Full(item, calendar);
    }

    private static JsonObject Deleted(StoredEvent item) => new()
    {
        ["kind"] = "calendar#event",
        ["etag"] = item.Json.Text("etag"),
        ["id"] = item.Id,
        ["status"] = "cancelled",
    };

    private static JsonObject Busy(StoredEvent item)
    {
        var busy = new JsonObject();
        foreach (string member in BusyMembers)
        {
            if (item.Json[member] is { } value)
            {
                busy[member] = value.DeepClone();
            }
        }

        busy["visibility"] = "private";
        return busy;
    }

    // "self" is whoever's calendar this copy of the event is on.
    private static JsonObject Full(StoredEvent item, GoogleCalendar calendar)
    {
        JsonObject json = item.Json.Copy();
        MarkSelf(json.Object("creator"), calendar);
        MarkSelf(json.Object("organizer"), calendar);
        foreach (JsonNode? attendee in json["attendees"] as JsonArray ?? [])
        {
            MarkSelf(attendee as JsonObject, calendar);
        }

        return json;
    }

    private static void MarkSelf(JsonObject? person, GoogleCalendar calendar)
    {
        if (person is not null && string.Equals(person.Text("email"), calendar.Id, StringComparison.OrdinalIgnoreCase))
        {
            person["self"] = true;
        }
    }
}

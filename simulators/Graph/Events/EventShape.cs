using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.Time;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Graph.Events;

/// <summary>Events as Graph's JSON, for one request: its id space, zone and selection.</summary>
internal sealed class EventShape(Mailbox mailbox, Preferences preferences, ODataQuery query)
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;
    private static readonly string[] AlwaysShown = ["@odata.type", "@odata.etag", "id"];

    /// <summary>Whole, or what was selected of it.</summary>
    public JsonObject Of(Instance instance)
    {
        JsonObject shape = Whole(instance);
        if (query.Selects("cancelledOccurrences") && instance.Kind == InstanceKind.SeriesMaster)
        {
            string series = instance.IdIn(preferences.ImmutableIds);
            shape["cancelledOccurrences"] = new JsonArray(
                [.. instance.Event.Cancelled.Select(date => (JsonNode)$"OID.{series}.{Day.Format(date)}")]);
        }

        if (query.Expands("exceptionOccurrences") && instance.Kind == InstanceKind.SeriesMaster)
        {
            shape["exceptionOccurrences"] = new JsonArray(
                [.. instance.Event.Exceptions.Keys.Select(date => (JsonNode)Whole(Instance.On(instance.Event, date)))]);
        }

        if (query.ExpandedProperties is { } wanted && instance.Fields["singleValueExtendedProperties"] is JsonArray properties)
        {
            JsonNode?[] shown = [.. properties.Where(one => wanted.Count == 0 || wanted.Contains((string?)one?["id"] ?? "")).Select(one => one?.DeepClone())];
            if (shown.Length > 0)
            {
                shape["singleValueExtendedProperties"] = new JsonArray(shown);
            }
        }

        return Selected(shape);
    }

    /// <summary>As delta shows it: a day of a series that is as the others only by its place.</summary>
    public JsonObject InDelta(Instance instance) => instance.Kind != InstanceKind.Occurrence
        ? Whole(instance)
        : new JsonObject
        {
            ["@odata.type"] = "#microsoft.graph.event",
            ["@odata.etag"] = instance.Event.ETag,
            ["type"] = "occurrence",
            ["seriesMasterId"] = preferences.ImmutableIds ? instance.Event.Id : instance.Event.MutableId,
            ["id"] = instance.IdIn(preferences.ImmutableIds),
            ["start"] = instance.Start.Shape(preferences.Zone, instance.IsAllDay),
            ["end"] = instance.End.Shape(preferences.Zone, instance.IsAllDay),
        };

    private JsonObject Whole(Instance instance)
    {
        JsonObject fields = instance.Fields;
        StoredEvent stored = instance.Event;
        string text = (string?)fields["body"]?["content"] ?? "";
        JsonNode location = fields["location"]?.DeepClone() ?? new JsonObject { ["displayName"] = "" };
        JsonNode locations = fields["locations"]?.DeepClone()
            ?? (fields["location"] is { } one ? new JsonArray(one.DeepClone()) : new JsonArray());
        var shape = new JsonObject
        {
            ["@odata.etag"] = stored.ETag,
            ["id"] = instance.IdIn(preferences.ImmutableIds),
            ["createdDateTime"] = Stamp(stored.Created),
            ["lastModifiedDateTime"] = Stamp(stored.Modified),
            ["changeKey"] = stored.ChangeKey,
            ["categories"] = Or(fields, "categories", new JsonArray()),
            ["originalStartTimeZone"] = (string?)fields["originalStartTimeZone"] ?? instance.Start.Zone,
            ["originalEndTimeZone"] = (string?)fields["originalEndTimeZone"] ?? instance.End.Zone,
            ["iCalUId"] = instance.ICalUId,
            ["reminderMinutesBeforeStart"] = Or(fields, "reminderMinutesBeforeStart", 15),
            ["isReminderOn"] = Or(fields, "isReminderOn", true),
            ["hasAttachments"] = Or(fields, "hasAttachments", false),
            ["subject"] = Or(fields, "subject", ""),
            ["bodyPreview"] = text.Length > 255 ? text[..255] : text,
            ["importance"] = Or(fields, "importance", "normal"),
            ["sensitivity"] = Or(fields, "sensitivity", "normal"),
            ["isAllDay"] = instance.IsAllDay,
            ["isCancelled"] = Or(fields, "isCancelled", false),
            ["isOrganizer"] = Or(fields, "isOrganizer", true),
            ["responseRequested"] = Or(fields, "responseRequested", true),
            ["seriesMasterId"] = !instance.IsInSeries ? null : preferences.ImmutableIds ? stored.Id : stored.MutableId,
            ["showAs"] = Or(fields, "showAs", "busy"),
            ["type"] = Kind(instance.Kind),
            ["webLink"] = $"https://outlook.office365.com/owa/?itemid={stored.MutableId}&exvsurl=1&path=/calendar/item",
            ["onlineMeetingUrl"] = fields["onlineMeetingUrl"]?.DeepClone(),
            ["isOnlineMeeting"] = Or(fields, "isOnlineMeeting", false),
            ["onlineMeetingProvider"] = Or(fields, "onlineMeetingProvider", "unknown"),
            ["allowNewTimeProposals"] = Or(fields, "allowNewTimeProposals", true),
            ["hideAttendees"] = Or(fields, "hideAttendees", false),
            ["isDraft"] = Or(fields, "isDraft", false),
            ["responseStatus"] = Or(fields, "responseStatus", new JsonObject { ["response"] = "organizer", ["time"] = "0001-01-01T00:00:00Z" }),
            ["body"] = Or(fields, "body", new JsonObject { ["contentType"] = "html", ["content"] = "" }),
            ["start"] = instance.Start.Shape(preferences.Zone, instance.IsAllDay),
            ["end"] = instance.End.Shape(preferences.Zone, instance.IsAllDay),
            ["location"] = location,
            ["locations"] = locations,
            ["recurrence"] = fields["recurrence"]?.DeepClone(),
            ["attendees"] = Attendees(fields["attendees"] as JsonArray),
            ["organizer"] = Or(fields, "organizer", Organizer()),
            ["onlineMeeting"] = fields["onlineMeeting"]?.DeepClone(),
        };
        if (fields["transactionId"] is { } transaction)
        {
            shape["transactionId"] = transaction.DeepClone();
        }

        if (instance.IsInSeries && instance.Date is { } date)
        {
            EventTime start = EventTime.Parse(stored.Fields["start"]);
            Instant original = (start with { Wall = date + start.Wall.TimeOfDay }).Instant;
            shape["originalStart"] = InstantPattern.General.Format(original);
            shape["occurrenceId"] = $"OID.{(preferences.ImmutableIds ? stored.Id : stored.MutableId)}.{Day.Format(date)}";
        }

        return shape;
    }

    private JsonObject Selected(JsonObject shape)
    {
        if (query.Select is not { } names)
        {
            return shape;
        }

        foreach (string name in shape.Select(static field => field.Key).ToArray())
        {
            if (!names.Contains(name) && !AlwaysShown.Contains(name) && !query.Expands(name))
            {
                shape.Remove(name);
            }
        }

        return shape;
    }

    private JsonObject Organizer() => new()
    {
        ["emailAddress"] = new JsonObject { ["name"] = mailbox.User.DisplayName, ["address"] = mailbox.User.Email },
    };

    private static JsonArray Attendees(JsonArray? attendees)
    {
        var shown = new JsonArray();
        foreach (JsonNode? attendee in attendees ?? [])
        {
            var one = (JsonObject)attendee!.DeepClone();
            one["type"] ??= "required";
            one["status"] ??= new JsonObject { ["response"] = "none", ["time"] = "0001-01-01T00:00:00Z" };
            if (one["emailAddress"] is JsonObject address)
            {
                address["name"] ??= (string?)address["address"];
            }

            shown.Add(one);
        }

        return shown;
    }

    private static string Kind(InstanceKind kind) => kind switch
    {
        InstanceKind.SingleInstance => "singleInstance",
        InstanceKind.Occurrence => "occurrence",
        InstanceKind.Exception => "exception",
        _ => "seriesMaster",
    };

    private static JsonNode Or(JsonObject fields, string name, JsonNode otherwise) => fields[name]?.DeepClone() ?? otherwise;

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ");
}

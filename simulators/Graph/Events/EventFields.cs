using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.Time;
using NodaTime;

namespace CalendarActors.Simulators.Graph.Events;

/// <summary>What may be written to an event, and what becomes of it.</summary>
internal static class EventFields
{
    private static readonly HashSet<string> Writable = new(StringComparer.Ordinal)
    {
        "attendees", "allowNewTimeProposals", "body", "categories", "end", "hideAttendees", "importance", "isAllDay",
        "isOnlineMeeting", "isReminderOn", "location", "locations", "onlineMeetingProvider", "recurrence",
        "reminderMinutesBeforeStart", "responseRequested", "sensitivity", "showAs", "singleValueExtendedProperties",
        "multiValueExtendedProperties", "start", "subject", "transactionId",
    };

    // What others decide: only the oracle writes it.
    private static readonly HashSet<string> OfTheOracle = new(StringComparer.Ordinal)
    {
        "isCancelled", "isOrganizer", "organizer", "responseStatus", "onlineMeeting", "onlineMeetingUrl", "hasAttachments",
        "originalStartTimeZone", "originalEndTimeZone", "isDraft",
    };

    private static readonly HashSet<string> ReadOnly = new(StringComparer.Ordinal)
    {
        "id", "createdDateTime", "lastModifiedDateTime", "changeKey", "iCalUId", "uid", "bodyPreview", "seriesMasterId",
        "type", "webLink", "occurrenceId", "originalStart", "cancelledOccurrences", "exceptionOccurrences",
        "calendar", "instances", "attachments", "extensions",
    };

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["showAs"] = ["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"],
        ["sensitivity"] = ["normal", "personal", "private", "confidential"],
        ["importance"] = ["low", "normal", "high"],
        ["onlineMeetingProvider"] = ["unknown", "teamsForBusiness", "skypeForBusiness", "skypeForConsumer"],
    };

    /// <summary>The stored fields after a write. A null takes a field away; what is not named stays.</summary>
    public static JsonObject Merge(JsonObject old, JsonObject written, bool byOracle)
    {
        var fields = (JsonObject)old.DeepClone();
        foreach (var (name, value) in written)
        {
            if (name.Contains('@', StringComparison.Ordinal) || (ReadOnly.Contains(name) && !byOracle))
            {
                continue;
            }

            if (!Writable.Contains(name))
            {
                if (!OfTheOracle.Contains(name))
                {
                    throw new GraphFailure(400, "RequestBodyRead", $"The property '{name}' does not exist on type 'Microsoft.OutlookServices.Event'.");
                }

                if (!byOracle)
                {
                    continue;
                }
            }

            CheckWord(name, value);
            if (name == "singleValueExtendedProperties" && fields[name] is JsonArray kept && value is JsonArray added)
            {
                fields[name] = MergeProperties(kept, added);
            }
            else if (value is null)
            {
                fields.Remove(name);
            }
            else
            {
                fields[name] = Plain(value);
            }
        }

        return fields;
    }

    /// <summary>Refuses times that Graph refuses, and stores them in one form.</summary>
    public static void SettleTimes(JsonObject fields)
    {
        EventTime start = EventTime.Parse(fields["start"]);
        EventTime end = EventTime.Parse(fields["end"]);
        if ((bool?)fields["isAllDay"] == true)
        {
            if (start.Wall.TimeOfDay != LocalTime.Midnight || end.Wall.TimeOfDay != LocalTime.Midnight)
            {
                throw new GraphFailure(400, "ErrorInvalidRequest", "The Event.Start and Event.End properties for an all-day event need to be set to midnight.");
            }

            if (!string.Equals(start.Zone, end.Zone, StringComparison.OrdinalIgnoreCase))
            {
                throw new GraphFailure(400, "ErrorInvalidRequest", "The Event.Start and Event.End of an all-day event need to have the same time zone.");
            }

            if (Period.Between(start.Wall, end.Wall, PeriodUnits.Days).Days < 1)
            {
                throw new GraphFailure(400, "ErrorInvalidRequest", "The duration of an event marked as all day must be at least 24 hours.");
            }
        }

        if (end.Instant < start.Instant)
        {
            throw new GraphFailure(400, "ErrorPropertyValidationFailure", "At least one property failed validation: the end is earlier than the start.");
        }

        if (fields["recurrence"] is JsonObject recurrence)
        {
            (start, end) = OnFirstDay(recurrence, start, end);
        }

        fields["start"] = start.ToJson();
        fields["end"] = end.ToJson();
    }

    // Outlook moves a series to the first day that its pattern names.
    private static (EventTime Start, EventTime End) OnFirstDay(JsonObject recurrence, EventTime start, EventTime end)
    {
        if (recurrence["range"] is JsonObject range && string.IsNullOrEmpty((string?)range["recurrenceTimeZone"]))
        {
            range["recurrenceTimeZone"] = start.Zone;
        }

        LocalDate first = RecurrenceRule.Parse(recurrence).First()
            ?? throw new GraphFailure(400, "ErrorPropertyValidationFailure", "At least one property failed validation: the recurrence never happens.");
        LocalDateTime from = first + start.Wall.TimeOfDay;
        Period length = Period.Between(start.Wall, end.Wall, PeriodUnits.Days | PeriodUnits.AllTimeUnits);
        return (start with { Wall = from }, end with { Wall = from + length });
    }

    private static void CheckWord(string name, JsonNode? value)
    {
        if (value is not null && Words.TryGetValue(name, out string[]? words)
            && !words.Contains((string?)value, StringComparer.OrdinalIgnoreCase))
        {
            throw GraphFailure.Invalid($"Requested value '{value}' was not found.");
        }
    }

    private static JsonArray MergeProperties(JsonArray kept, JsonArray added)
    {
        var ids = added.Select(static one => (string?)one?["id"]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. kept.Where(one => !ids.Contains((string?)one?["id"])).Concat(added).Select(static one => Plain(one!))];
    }

    // Clients name types in bodies; what is read back does not.
    private static JsonNode Plain(JsonNode node) => node switch
    {
        JsonObject one => new JsonObject(one.Where(static field => !field.Key.Contains('@', StringComparison.Ordinal))
            .Select(static field => KeyValuePair.Create(field.Key, field.Value is null ? null : Plain(field.Value)))),
        JsonArray many => new JsonArray([.. many.Select(static item => item is null ? null : Plain(item))]),
        _ => node.DeepClone(),
    };
}

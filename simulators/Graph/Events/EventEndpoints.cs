using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.Time;

namespace CalendarActors.Simulators.Graph.Events;

/// <summary>Events, their days, and calendar views.</summary>
internal sealed class EventEndpoints(EventWrites writes, int pageSize)
{
    public JsonObject List(GraphCall call, CalendarFolder calendar)
    {
        Func<Instance, bool> filter = EventFilter.Parse(call.Query["$filter"]);
        Instance[] all = [.. Readable(call, calendar).Select(Instance.Whole).Where(filter)];
        return Page(call, all, "me/events");
    }

    public JsonObject View(GraphCall call, CalendarFolder calendar)
    {
        Window window = Window.Parse(call.Query["startDateTime"], call.Query["endDateTime"]);
        Func<Instance, bool> filter = EventFilter.Parse(call.Query["$filter"]);
        Instance[] all = [.. Readable(call, calendar).SelectMany(one => Instances.Within(one, window)).Where(filter)
            .OrderBy(static one => one.Start.Instant).ThenBy(static one => one.Event.Id, StringComparer.Ordinal)];
        return Page(call, all, "me/calendarView");
    }

    public JsonObject DaysOf(GraphCall call, string? calendarId, string id)
    {
        Window window = Window.Parse(call.Query["startDateTime"], call.Query["endDateTime"]);
        var (_, instance) = Find(call, calendarId, id);
        Instance[] all = instance.Kind == InstanceKind.SeriesMaster
            ? [.. Instances.Within(instance.Event, window).OrderBy(static one => one.Start.Instant)]
            : throw new GraphFailure(400, "ErrorInvalidRequest", "Your request can't be completed: the item is not a recurring master.");
        return Page(call, all, "me/events/instances");
    }

    public static JsonObject Get(GraphCall call, string? calendarId, string id) => Shape(call, Find(call, calendarId, id).Instance);

    public (JsonObject Shape, bool IsNew) Create(GraphCall call, CalendarFolder calendar)
    {
        var (instance, isNew) = writes.Create(call.Mailbox, calendar, call.Body);
        return (Shape(call, instance), isNew);
    }

    public JsonObject Update(GraphCall call, string? calendarId, string id)
    {
        var (calendar, old) = Find(call, calendarId, id);
        RefuseIfChanged(call, old);
        return Shape(call, writes.Update(call.Mailbox, calendar, old, call.Body));
    }

    public void Delete(GraphCall call, string? calendarId, string id)
    {
        var (calendar, old) = Find(call, calendarId, id);
        RefuseIfChanged(call, old);
        writes.Delete(call.Mailbox, calendar, old);
    }

    /// <summary>Answers an invitation. Attendees see their own answer; the organizer's mail is not simulated.</summary>
    public void Respond(GraphCall call, string id, string word)
    {
        var (calendar, old) = Find(call, null, id);
        if ((bool?)old.Fields["isOrganizer"] != false)
        {
            throw new GraphFailure(
                400, "ErrorInvalidRequest", "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.");
        }

        string response = word switch { "accept" => "accepted", "decline" => "declined", _ => "tentativelyAccepted" };
        if (response == "declined" && call.Mailbox.DropsDeclined)
        {
            writes.Delete(call.Mailbox, calendar, old);
            return;
        }

        var status = new JsonObject { ["response"] = response, ["time"] = call.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) };
        var attendees = (JsonArray?)old.Fields["attendees"]?.DeepClone() ?? [];
        foreach (JsonNode? attendee in attendees)
        {
            string? address = (string?)attendee?["emailAddress"]?["address"];
            if (string.Equals(address, call.Mailbox.User.Email, StringComparison.OrdinalIgnoreCase))
            {
                attendee!["status"] = status.DeepClone();
            }
        }

        writes.Update(call.Mailbox, calendar, old, new JsonObject { ["responseStatus"] = status, ["attendees"] = attendees }, byOracle: true);
    }

    /// <summary>What either sort of id names now; writers see their own writes at once, unlike lists.</summary>
    public static (CalendarFolder Calendar, Instance Instance) Find(Mailbox mailbox, string? calendarId, string id)
    {
        var (series, date) = Instance.SplitId(id);
        if (mailbox.Find(series, calendarId) is not var (calendar, stored))
        {
            throw GraphFailure.NotFound();
        }

        Instance? instance = date is { } day ? Instances.Find(stored, day) : Instance.Whole(stored);
        return (calendar, instance ?? throw GraphFailure.NotFound());
    }

    private static (CalendarFolder Calendar, Instance Instance) Find(GraphCall call, string? calendarId, string id)
    {
        if (calendarId is not null)
        {
            call.Mailbox.Calendar(calendarId);
        }

        return Find(call.Mailbox, calendarId, id);
    }

    private JsonObject Page(GraphCall call, Instance[] all, string context)
    {
        var shape = new EventShape(call.Mailbox, call.Preferences, call.Query);
        return Paging.Of(call, all, call.Query.Top(call.Preferences.PageSize ?? pageSize), shape.Of, context);
    }

    private static JsonObject Shape(GraphCall call, Instance instance)
    {
        JsonObject shape = new EventShape(call.Mailbox, call.Preferences, call.Query).Of(instance);
        shape.Insert(0, "@odata.context", $"{call.Graph}/$metadata#users('{call.Mailbox.User.Id}')/events/$entity");
        return shape;
    }

    private static IEnumerable<StoredEvent> Readable(GraphCall call, CalendarFolder calendar) =>
        calendar.Log.StateAt(calendar.Log.ReadableAt(call.Now)).Select(static change => change.Value!);

    private static void RefuseIfChanged(GraphCall call, Instance old)
    {
        if (call.IfMatch is { } wanted && wanted != "*" && wanted != old.Event.ETag)
        {
            throw new GraphFailure(
                412,
                "ErrorIrresolvableConflict",
                "The send or update operation could not be performed because the change key passed in the request does not "
                + "match the current change key for the item.");
        }
    }
}

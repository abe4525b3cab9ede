using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.Http;

namespace CalendarActors.Simulators.Graph.Calendars;

/// <summary><c>/me/calendars</c> and <c>/me/calendar</c>.</summary>
internal static class CalendarEndpoints
{
    public static JsonObject List(GraphCall call, int pageSize)
    {
        CalendarFolder[] all = [.. call.Mailbox.Calendars];
        return Paging.Of(call, all, call.Query.Top(call.Preferences.PageSize ?? pageSize), one => Shape(call, one), "me/calendars");
    }

    public static CalendarFolder Create(GraphCall call, Ids ids)
    {
        string name = (string?)call.Body["name"] ?? throw GraphFailure.Invalid("A calendar needs a name.");
        RefuseSameName(call.Mailbox, name, null);
        var created = new CalendarFolder(ids.Calendar(), name, isDefault: false);
        call.Mailbox.Add(created);
        return created;
    }

    public static void Update(GraphCall call, CalendarFolder calendar)
    {
        if (call.Body["name"] is { } name)
        {
            RefuseSameName(call.Mailbox, (string)name!, calendar);
            calendar.Name = (string)name!;
        }

        if (call.Body["color"] is { } color)
        {
            calendar.Color = (string)color!;
        }

        calendar.Version++;
    }

    public static void Delete(GraphCall call, CalendarFolder calendar)
    {
        if (calendar.IsDefault)
        {
            throw new GraphFailure(400, "ErrorCalendarFolderIsInvalidForCalendarView", "The default calendar cannot be deleted.");
        }

        call.Mailbox.Remove(calendar);
    }

    public static JsonObject Shape(GraphCall call, CalendarFolder calendar)
    {
        GraphUser user = call.Mailbox.User;
        string provider = user.IsConsumer ? "unknown" : "teamsForBusiness";
        var shape = new JsonObject
        {
            ["id"] = calendar.Id,
            ["name"] = calendar.Name,
            ["color"] = calendar.Color,
            ["hexColor"] = "",
            ["isDefaultCalendar"] = calendar.IsDefault,
            ["changeKey"] = Convert.ToBase64String(BitConverter.GetBytes(calendar.Version)),
            ["canShare"] = calendar.CanEdit,
            ["canViewPrivateItems"] = true,
            ["canEdit"] = calendar.CanEdit,
            ["allowedOnlineMeetingProviders"] = user.IsConsumer ? new JsonArray() : new JsonArray("teamsForBusiness"),
            ["defaultOnlineMeetingProvider"] = provider,
            ["isTallyingResponses"] = calendar.IsDefault,
            ["isRemovable"] = !calendar.IsDefault,
            ["owner"] = new JsonObject { ["name"] = user.DisplayName, ["address"] = user.Email },
        };
        foreach (string name in shape.Select(static field => field.Key).ToArray())
        {
            if (name != "id" && call.Query.Select is { } names && !names.Contains(name))
            {
                shape.Remove(name);
            }
        }

        return shape;
    }

    private static void RefuseSameName(Mailbox mailbox, string name, CalendarFolder? itself)
    {
        if (mailbox.Calendars.Any(one => one != itself && string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new GraphFailure(409, "ErrorFolderExists", "A folder with the specified name already exists.");
        }
    }
}

using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>Names for sorts of requests, for faults and for counting.</summary>
public static class RequestClasses
{
    /// <summary>The token endpoint.</summary>
    public const string Token = "token";

    /// <summary>The consent page.</summary>
    public const string Authorize = "authorize";

    /// <summary>The discovery document.</summary>
    public const string Discovery = "discovery";

    /// <summary><c>/me</c>.</summary>
    public const string Me = "me";

    /// <summary>The list of calendars.</summary>
    public const string Calendars = "calendars";

    /// <summary>One calendar.</summary>
    public const string Calendar = "calendar";

    /// <summary>Reading a list of events.</summary>
    public const string Events = "events";

    /// <summary>Creating an event.</summary>
    public const string CreateEvent = "event-create";

    /// <summary>Reading one event.</summary>
    public const string Event = "event";

    /// <summary>Changing an event.</summary>
    public const string UpdateEvent = "event-update";

    /// <summary>Deleting an event.</summary>
    public const string DeleteEvent = "event-delete";

    /// <summary>Days of a series.</summary>
    public const string Instances = "instances";

    /// <summary>A calendar view.</summary>
    public const string View = "view";

    /// <summary>Delta of a calendar view.</summary>
    public const string Delta = "delta";

    /// <summary>Many requests in one.</summary>
    public const string Batch = "batch";

    /// <summary>All about subscriptions.</summary>
    public const string Subscriptions = "subscriptions";

    /// <summary>The simulator's own pages.</summary>
    public const string Page = "page";

    internal static string Of(HttpRequest request)
    {
        string[] path = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        string last = path.Length == 0 ? "" : path[^1];
        return path switch
        {
            [_, "oauth2", "v2.0", "token"] => Token,
            [_, "oauth2", "v2.0", "authorize"] => Authorize,
            [_, .., ".well-known", _] => Discovery,
            ["v1.0", "$batch"] => Batch,
            ["v1.0", "subscriptions", ..] => Subscriptions,
            ["v1.0", ..] when last.Contains("delta", StringComparison.Ordinal) => Delta,
            ["v1.0", ..] when last == "calendarView" => View,
            ["v1.0", ..] when last == "instances" => Instances,
            ["v1.0", ..] when last == "events" => HttpMethods.IsPost(request.Method) ? CreateEvent : Events,
            ["v1.0", .., "events", _] => OfEvent(request.Method),
            ["v1.0", .., "calendars"] => Calendars,
            ["v1.0", .., "calendars", _] or ["v1.0", .., "calendar"] => Calendar,
            ["v1.0", ..] => Me,
            _ => Page,
        };
    }

    private static string OfEvent(string method) =>
        HttpMethods.IsPatch(method) ? UpdateEvent : HttpMethods.IsDelete(method) ? DeleteEvent : Event;
}

using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>What sort of request one is, by method and path.</summary>
internal static class RequestClass
{
    public static string Of(HttpRequest request) => (request.Method, Segments(request)) switch
    {
        (_, []) => GoogleRequests.Page,
        (_, ["o", "oauth2", "v2", "auth"]) => GoogleRequests.Authorize,
        (_, ["token"]) => GoogleRequests.Token,
        (_, ["revoke"]) => GoogleRequests.Revoke,
        (_, ["oauth2", "v3", "userinfo"]) => GoogleRequests.UserInformation,
        (_, ["calendar", "v3", "channels", "stop"]) => GoogleRequests.Stop,
        (_, ["calendar", "v3", "freeBusy"]) => GoogleRequests.FreeBusy,
        ("POST", ["calendar", "v3", .., "watch"]) => GoogleRequests.Watch,
        ("GET", ["calendar", "v3", "users", "me", "calendarList"]) => GoogleRequests.Calendars,
        (_, ["calendar", "v3", "users", ..]) => GoogleRequests.Calendar,
        ("GET", ["calendar", "v3", "calendars", _, "events"]) => GoogleRequests.Listing,
        ("GET", ["calendar", "v3", "calendars", _, "events", _]) => GoogleRequests.Get,
        ("GET", ["calendar", "v3", "calendars", _, "events", _, "instances"]) => GoogleRequests.Instances,
        (_, ["calendar", "v3", "calendars", _, "events", ..]) => GoogleRequests.Write,
        (_, ["calendar", "v3", "calendars", ..]) => GoogleRequests.Calendar,
        _ => GoogleRequests.Other,
    };

    /// <summary>The path's parts, decoded.</summary>
    public static string[] Segments(HttpRequest request) =>
        [.. (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries)
            // A slash inside an id is the one escape that the server leaves in the path.
            .Select(part => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))];

    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.FirstOrDefault() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..]
            : null;
}

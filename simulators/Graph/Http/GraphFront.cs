using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Delta;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.OAuth;
using CalendarActors.Simulators.Graph.Subscriptions;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>Graph v1.0: who asks, may they, and for what.</summary>
internal sealed class GraphFront(World world, SubscriptionEndpoints subscriptions, FaultScript faults, Func<string> graph)
{
    /// <summary>Name of the fault that answers 401 with a claims challenge.</summary>
    public const string ClaimsChallenge = "claims-challenge";

    private const string Challenge = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzYwMDAwMDAwIn19fQ==";

    private readonly EventEndpoints _events = new(world.Writes, world.Options.PageSize);

    /// <summary>Whose mailbox a request is about; null without a good token.</summary>
    public string? CallerOf(HttpRequest request)
    {
        lock (world.Gate)
        {
            return Authorized(request)?.User.Id;
        }
    }

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            context.Response.Headers["request-id"] = context.TraceIdentifier;
            JsonObject body = await GraphCall.ReadBodyAsync(context);
            string[] path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
            await RouteAsync(context, path, body);
        }
        catch (GraphFailure failure)
        {
            await GraphAnswer.FailureAsync(context, failure);
        }
    }

    private async Task RouteAsync(HttpContext context, string[] path, JsonObject body)
    {
        Grant grant;
        Mailbox mailbox;
        lock (world.Gate)
        {
            grant = Authorized(context.Request)
                ?? throw new GraphFailure(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
            mailbox = world.Mailbox(grant.User.Id);
        }

        if (SimulatorHost.Hits(context, ClaimsChallenge))
        {
            throw new GraphFailure(
                401, "InvalidAuthenticationToken", "Continuous access evaluation resulted in challenge with result: InteractionRequired.")
            {
                Claims = Challenge,
            };
        }

        if (MailboxGauge.AtArrival(context) > world.Options.ConcurrentRequestsPerMailbox)
        {
            throw new GraphFailure(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.") { RetryAfter = 1 };
        }

        if (path is ["$batch"] && HttpMethods.IsPost(context.Request.Method))
        {
            await GraphAnswer.JsonAsync(context, await new GraphBatch(faults, AnswerAsync).AnswerAsync(context, body));
            return;
        }

        if (path is ["subscriptions", ..])
        {
            await subscriptions.AnswerAsync(new(context, mailbox, path[1..], graph(), world.Options.Time.GetUtcNow(), body));
            return;
        }

        JsonObject? answer;
        int status = 200;
        lock (world.Gate)
        {
            string[] own = Own(path, mailbox.User);
            MayDo(grant, context.Request.Method, own);
            answer = Answer(new(context, mailbox, own, graph(), world.Options.Time.GetUtcNow(), body), ref status);
        }

        if (answer is null)
        {
            context.Response.StatusCode = status == 200 ? StatusCodes.Status204NoContent : status;
            return;
        }

        await GraphAnswer.JsonAsync(context, answer, status);
    }

    private JsonObject? Answer(GraphCall call, ref int status)
    {
        switch (call.Method, call.Path)
        {
            case ("GET", []):
                return Me(call);
            case ("GET", ["calendars"]):
                return CalendarEndpoints.List(call, world.Options.PageSize);
            case ("POST", ["calendars"]):
                status = 201;
                return CalendarEndpoints.Shape(call, CalendarEndpoints.Create(call, world.Ids));
            case (_, ["calendars", var id]):
                return Calendar(call, call.Mailbox.Calendar(id));
            case (_, ["calendar"]):
                return Calendar(call, call.Mailbox.Default);
            case ("GET", ["calendars", var id, "calendarView", "delta" or "delta()" or "microsoft.graph.delta()"]):
                return DeltaEndpoint.Get(call, call.Mailbox.Calendar(id));
            case ("GET", ["calendarView", "delta" or "delta()" or "microsoft.graph.delta()"]):
            case ("GET", ["calendar", "calendarView", "delta" or "delta()" or "microsoft.graph.delta()"]):
                return DeltaEndpoint.Get(call, call.Mailbox.Default);
            case ("GET", ["calendars", var id, "calendarView"]):
                return _events.View(call, call.Mailbox.Calendar(id));
            case ("GET", ["calendarView"] or ["calendar", "calendarView"]):
                return _events.View(call, call.Mailbox.Default);
            case ("GET", ["calendars", var id, "events"]):
                return _events.List(call, call.Mailbox.Calendar(id));
            case ("GET", ["events"] or ["calendar", "events"]):
                return _events.List(call, call.Mailbox.Default);
            case ("POST", ["calendars", var id, "events"]):
                return Create(call, call.Mailbox.Calendar(id), ref status);
            case ("POST", ["events"] or ["calendar", "events"]):
                return Create(call, call.Mailbox.Default, ref status);
            case (_, ["calendars", var calendar, "events", var id]):
                return Event(call, calendar, id);
            case (_, ["events", var id]):
                return Event(call, null, id);
            case (_, ["calendar", "events", var id]):
                return Event(call, null, id);
            case ("GET", ["calendars", var calendar, "events", var id, "instances"]):
                return _events.DaysOf(call, calendar, id);
            case ("POST", ["events", var id, "accept" or "decline" or "tentativelyAccept"]):
                status = 202;
                _events.Respond(call, id, call.Path[^1]);
                return null;
            case ("GET", ["events", var id, "instances"]):
                return _events.DaysOf(call, null, id);
            default:
                throw new GraphFailure(404, "ResourceNotFound", $"Resource not found for the segment '{call.Path.LastOrDefault()}'.");
        }
    }

    private JsonObject Create(GraphCall call, CalendarFolder calendar, ref int status)
    {
        var (shape, isNew) = _events.Create(call, calendar);
        status = isNew ? 201 : 200;
        return shape;
    }

    private static JsonObject? Calendar(GraphCall call, CalendarFolder calendar)
    {
        switch (call.Method)
        {
            case "GET":
                return CalendarEndpoints.Shape(call, calendar);
            case "PATCH":
                CalendarEndpoints.Update(call, calendar);
                return CalendarEndpoints.Shape(call, calendar);
            case "DELETE":
                CalendarEndpoints.Delete(call, calendar);
                return null;
            default:
                throw NotAllowed();
        }
    }

    private JsonObject? Event(GraphCall call, string? calendar, string id)
    {
        switch (call.Method)
        {
            case "GET":
                return EventEndpoints.Get(call, calendar, id);
            case "PATCH":
                return _events.Update(call, calendar, id);
            case "DELETE":
                _events.Delete(call, calendar, id);
                return null;
            default:
                throw NotAllowed();
        }
    }

    private static JsonObject Me(GraphCall call) => new()
    {
        ["@odata.context"] = $"{call.Graph}/$metadata#users/$entity",
        ["id"] = call.Mailbox.User.Id,
        ["displayName"] = call.Mailbox.User.DisplayName,
        ["mail"] = call.Mailbox.User.Email,
        ["userPrincipalName"] = call.Mailbox.User.Email,
    };

    private Grant? Authorized(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? world.Tokens.Find(header["Bearer ".Length..]) : null;
    }

    private static string[] Own(string[] path, GraphUser user) => path switch
    {
        ["me", .. var rest] => rest,
        ["users", var who, .. var rest] when who == user.Id || string.Equals(who, user.Email, StringComparison.OrdinalIgnoreCase) => rest,
        ["users", ..] => throw new GraphFailure(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."),
        _ => throw new GraphFailure(400, "BadRequest", $"Resource not found for the segment '{path.FirstOrDefault()}'."),
    };

    private static void MayDo(Grant grant, string method, string[] path)
    {
        bool writes = !HttpMethods.IsGet(method);
        bool may = path.Length == 0
            ? Holds(grant, "User.Read", "User.ReadWrite", "Calendars.ReadWrite", "Calendars.Read")
            : Holds(grant, "Calendars.ReadWrite", "Calendars.ReadWrite.Shared")
                || (!writes && Holds(grant, "Calendars.Read", "Calendars.Read.Shared", "Calendars.ReadBasic"));
        if (!may)
        {
            throw new GraphFailure(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        }
    }

    private static bool Holds(Grant grant, params string[] names) => grant.Scopes.Any(scope =>
        names.Contains(scope.Split('/')[^1], StringComparer.OrdinalIgnoreCase));

    private static GraphFailure NotAllowed() => new(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
}

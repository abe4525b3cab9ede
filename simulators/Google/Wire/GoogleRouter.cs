using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Auth;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Events;
using CalendarActors.Simulators.Google.Pages;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>From requests to answers, one at a time.</summary>
internal sealed class GoogleRouter
{
    private readonly GoogleState _state;
    private readonly NotificationPump _pump;
    private readonly RateLimits _limits;
    private readonly ConsentPage _consent;
    private readonly TokenEndpoint _tokens;
    private readonly CalendarEndpoints _calendars;
    private readonly EventListing _listing;
    private readonly EventWriting _writing;
    private readonly FreeBusy _freeBusy;
    private readonly SandboxPage _page;

    public GoogleRouter(GoogleState state, NotificationPump pump, EventWriting writing)
    {
        _state = state;
        _pump = pump;
        _limits = new(state);
        _consent = new(state);
        _tokens = new(state);
        _calendars = new(state);
        _listing = new(state);
        _writing = writing;
        _freeBusy = new(state, _listing);
        _page = new(state, writing, _listing);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request);
        GoogleReply reply;
        lock (_state.Gate)
        {
            reply = Decide(context, body);
        }

        // Outside the lock: the subscriber may call the simulator before it answers.
        if (reply.First is { } first)
        {
            await _pump.SendNowAsync(first, context.RequestAborted);
        }

        await WriteAsync(context, reply);
    }

    public static Task AnswerFaultAsync(HttpContext context, Fault fault) => WriteAsync(context, new GoogleReply(fault.Status)
    {
        Json = RequestClass.Of(context.Request) is GoogleRequests.Token or GoogleRequests.Revoke
            ? ErrorJson.OfToken(fault)
            : ErrorJson.Of(fault),
    });

    private GoogleReply Decide(HttpContext context, RequestBody body)
    {
        try
        {
            _writing.Settle();
            return (context.Request.Method, RequestClass.Segments(context.Request)) switch
            {
                ("GET", []) => _page.Show(),
                ("POST", []) => _page.Act(body.Form),
                ("GET", ["o", "oauth2", "v2", "auth"]) => _consent.Show(context),
                ("POST", ["o", "oauth2", "v2", "auth"]) => _consent.Decide(context, body.Form),
                ("POST", ["token"]) => _tokens.Token(context, body.Form),
                ("POST", ["revoke"]) => _tokens.Revoke(context.Request.Query["token"].FirstOrDefault() ?? body.Form["token"].FirstOrDefault()),
                ("GET", ["oauth2", "v3", "userinfo"]) => UserInformation(context),
                (var method, ["calendar", "v3", .. var rest]) => Calendar(context, method, rest, body),
                _ => throw GoogleProblemException.NotFound,
            };
        }
        catch (GoogleProblemException problem)
        {
            return new GoogleReply(problem.Status) { Json = problem.ToJson() };
        }
    }

    private GoogleReply Calendar(HttpContext context, string method, string[] path, RequestBody body)
    {
        AccessToken token = Authenticate(context);
        _limits.Count(token.Email);
        string email = token.Email;
        return (method, path) switch
        {
            ("GET", ["users", "me", "calendarList"]) =>
                GoogleReply.Ok(_calendars.List(Allowed(token, GoogleScopes.ReadList), context)),
            ("POST", ["users", "me", "calendarList", "watch"]) =>
                _state.Channels.Watch(Allowed(token, GoogleScopes.ReadList), null, "users/me/calendarList", body.Json),
            ("GET", ["users", "me", "calendarList", var id]) =>
                GoogleReply.Ok(_calendars.Entry(Allowed(token, GoogleScopes.ReadList), id)),
            ("PATCH" or "PUT", ["users", "me", "calendarList", var id]) =>
                GoogleReply.Ok(_calendars.PatchEntry(Allowed(token, GoogleScopes.WriteList), id, body.Json)),
            ("POST", ["calendars"]) => GoogleReply.Ok(_calendars.Insert(Allowed(token, GoogleScopes.WriteCalendars), body.Json)),
            ("GET", ["calendars", var id]) => GoogleReply.Ok(_calendars.Get(Allowed(token, GoogleScopes.ReadCalendars), id)),
            ("PATCH" or "PUT", ["calendars", var id]) =>
                GoogleReply.Ok(_calendars.Patch(Allowed(token, GoogleScopes.WriteCalendars), id, body.Json)),
            ("DELETE", ["calendars", var id]) => Delete(() => _calendars.Delete(Allowed(token, GoogleScopes.WriteCalendars), id)),
            ("POST", ["freeBusy"]) => GoogleReply.Ok(_freeBusy.Query(Allowed(token, GoogleScopes.ReadBusy), body.Json)),
            ("POST", ["channels", "stop"]) => _state.Channels.Stop(email, body.Json),
            ("GET", ["calendars", var id, "events"]) =>
                GoogleReply.Ok(_listing.List(_calendars.Known(Allowed(token, GoogleScopes.ReadEvents), id), email, context)),
            ("POST", ["calendars", var id, "events", "watch"]) => Watch(token, id, body.Json),
            ("GET", ["calendars", var id, "events", var item]) => Get(token, context, id, item),
            ("GET", ["calendars", var id, "events", var item, "instances"]) =>
                GoogleReply.Ok(_listing.Instances(_calendars.Known(Allowed(token, GoogleScopes.ReadEvents), id), email, item, context)),
            (_, ["calendars", var id, "events", .. var rest]) => Write(token, context, id, rest, body),
            _ => throw GoogleProblemException.NotFound,
        };
    }

    private GoogleReply Get(AccessToken token, HttpContext context, string calendarId, string id)
    {
        GoogleCalendar calendar = _calendars.Known(Allowed(token, GoogleScopes.ReadEvents), calendarId);
        StoredEvent? item = Instances.Find(calendar, id, calendar.Events.ReadableAt(_state.ReadingAt(context)));
        AccessRole role = calendar.RoleOf(token.Email);
        return item is not null && EventView.IsSeen(item, role)
            ? GoogleReply.Ok(EventView.Render(item, calendar, role))
            : throw GoogleProblemException.NotFound;
    }

    private GoogleReply Watch(AccessToken token, string calendarId, JsonObject body)
    {
        GoogleCalendar calendar = _calendars.Known(Allowed(token, GoogleScopes.ReadEvents), calendarId);
        return _state.Channels.Watch(token.Email, calendar.Id, $"calendars/{Uri.EscapeDataString(calendar.Id)}/events", body);
    }

    private GoogleReply Write(AccessToken token, HttpContext context, string calendarId, string[] path, RequestBody body)
    {
        GoogleCalendar calendar = _calendars.Known(Allowed(token, GoogleScopes.WriteEvents), calendarId);
        AccessRole role = calendar.RoleOf(token.Email);
        if (role < AccessRole.WriterWithoutPrivateAccess)
        {
            throw GoogleProblemException.WriterNeeded;
        }

        HttpRequest http = context.Request;
        var request = new WriteRequest(token.Email, http.Method)
        {
            IfMatch = http.Headers.IfMatch.FirstOrDefault(),
            SendUpdates = http.Query["sendUpdates"].FirstOrDefault(),
            ConferenceVersion = http.Query["conferenceDataVersion"] == "1" ? 1 : 0,
            SupportsAttachments = http.Query["supportsAttachments"] == "true",
        };
        return (http.Method, path) switch
        {
            ("POST", []) => Written(_writing.Insert(calendar, request, body.Json)),
            ("PATCH", [var id]) => Written(_writing.Patch(calendar, request, id, body.Json)),
            ("PUT", [var id]) => Written(_writing.Update(calendar, request, id, body.Json)),
            ("DELETE", [var id]) => Delete(() => _writing.Delete(calendar, request, id)),
            _ => throw GoogleProblemException.NotFound,
        };

        GoogleReply Written(StoredEvent item) => GoogleReply.Ok(EventView.Render(item, calendar, role));
    }

    private GoogleReply UserInformation(HttpContext context)
    {
        AccessToken token = Authenticate(context);
        GoogleUser user = _state.User(token.Email);
        var answer = new JsonObject { ["sub"] = user.Sub };
        if (token.Scopes.Any(scope => scope == "email" || scope.EndsWith("userinfo.email", StringComparison.Ordinal)))
        {
            answer["email"] = user.Email;
            answer["email_verified"] = true;
        }

        if (token.Scopes.Any(scope => scope == "profile" || scope.EndsWith("userinfo.profile", StringComparison.Ordinal)))
        {
            answer["name"] = user.Name;
        }

        return GoogleReply.Ok(answer);
    }

    private AccessToken Authenticate(HttpContext context) =>
        _state.Grants.FindAccess(RequestClass.Bearer(context.Request)) ?? throw GoogleProblemException.Unauthorized;

    private static string Allowed(AccessToken token, string[] oneOf) => oneOf.Any(token.Scopes.Contains)
        ? token.Email
        : throw new GoogleProblemException(403, "insufficientPermissions", "Request had insufficient authentication scopes.");

    private static GoogleReply Delete(Action act)
    {
        act();
        return GoogleReply.NoContent;
    }

    private static async Task WriteAsync(HttpContext context, GoogleReply reply)
    {
        HttpResponse response = context.Response;
        response.StatusCode = reply.Status;
        response.Headers.CacheControl = "no-cache, no-store, max-age=0, must-revalidate";
        if (reply.Location is { } location)
        {
            response.Headers.Location = location;
        }
        else if (reply.Html is { } html)
        {
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync(html, Encoding.UTF8);
        }
        else if (reply.Json is { } json)
        {
            response.ContentType = "application/json; charset=UTF-8";
            if (json is JsonObject item && item.Text("etag") is { } etag)
            {
                response.Headers.ETag = etag;
            }

            await response.WriteAsync(json.ToJsonString(), Encoding.UTF8);
        }
    }
}

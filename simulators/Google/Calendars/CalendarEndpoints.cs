using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Events;
using CalendarActors.Simulators.Google.Wire;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Google.Calendars;

/// <summary><c>calendarList</c> and <c>calendars</c> (Calendar API reference, checked 2026-11).</summary>
internal sealed class CalendarEndpoints(GoogleState state)
{
    private static readonly string[] ForbiddenWithSyncToken = ["minAccessRole", "showOwnOrganizationOnly"];

    public JsonObject List(string email, HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        if (query.ContainsKey("syncToken") && Array.Exists(ForbiddenWithSyncToken, query.ContainsKey))
        {
            throw new GoogleProblemException(
                400, "syncTokenWithNonDefaultParameters", "Sync token cannot be used with other query restrictions.", "calendar", "syncToken");
        }

        ChangeLog<JsonObject> log = state.Calendars.ListOf(email);
        bool isShowingDeleted = query["showDeleted"] == "true";
        AccessRole least = query["minAccessRole"].FirstOrDefault() is { } role ? GoogleCalendar.Parse(role) : AccessRole.None;
        var request = new FeedRequest("calendarList", email, "", query["showHidden"].ToString())
        {
            At = state.ReadingAt(context),
            PageSize = int.TryParse(query["maxResults"], out int size) ? Math.Clamp(size, 1, 250) : 100,
            PageToken = query["pageToken"].FirstOrDefault(),
            SyncToken = query["syncToken"].FirstOrDefault(),
            GivesSyncToken = !Array.Exists(ForbiddenWithSyncToken, query.ContainsKey),
            IsEmptyPage = SimulatorHost.Hits(context, GoogleSeams.EmptyPage),
            RepeatsItem = SimulatorHost.Hits(context, GoogleSeams.RepeatItem),
            RefusesPageToken = SimulatorHost.Hits(context, GoogleSeams.RefusePageToken),
        };
        FeedPage page = Feed.Read(state, log, request, (after, upTo, isIncremental) =>
            [.. (isIncremental ? log.Since(after, upTo) : log.StateAt(upTo))
                .Select(change => change.Value!)
                .Where(entry => isIncremental || isShowingDeleted || !entry.Flag("deleted"))
                .Where(entry => entry.Flag("deleted") || GoogleCalendar.Parse(entry.Text("accessRole")!) >= least)
                .Select(entry => (Func<JsonObject?>)(() => entry.Copy()))]);
        return page.WriteTo(new JsonObject { ["kind"] = "calendar#calendarList", ["etag"] = $"\"p{log.Latest}\"" });
    }

    public JsonObject Entry(string email, string id) =>
        state.Calendars.ListOf(email).Find(Known(email, id).Id)?.Copy() ?? throw GoogleProblemException.NotFound;

    public JsonObject PatchEntry(string email, string id, JsonObject body) =>
        state.Calendars.PatchEntry(email, Known(email, id), body).Copy();

    public JsonObject Get(string email, string id) => CalendarShelf.ToJson(Known(email, id));

    public JsonObject Insert(string email, JsonObject body)
    {
        string summary = body.Text("summary") ?? throw GoogleProblemException.Required("Missing title.");
        string zone = body.Text("timeZone") ?? "UTC";
        if (Zones.Find(zone) is null)
        {
            throw GoogleProblemException.Invalid("Invalid time zone.");
        }

        GoogleCalendar calendar = state.Calendars.Create(email, summary, zone);
        calendar.Description = body.Text("description");
        return CalendarShelf.ToJson(calendar);
    }

    public JsonObject Patch(string email, string id, JsonObject body)
    {
        GoogleCalendar calendar = Owned(email, id);
        calendar.Summary = body.Text("summary") ?? calendar.Summary;
        calendar.Description = body.ContainsKey("description") ? body.Text("description") : calendar.Description;
        if (body.Text("timeZone") is { } zone)
        {
            calendar.Zone = Zones.Find(zone) ?? throw GoogleProblemException.Invalid("Invalid time zone.");
        }

        state.Calendars.Changed(calendar);
        return CalendarShelf.ToJson(calendar);
    }

    public void Delete(string email, string id)
    {
        GoogleCalendar calendar = Owned(email, id);
        if (calendar.IsPrimary)
        {
            throw new GoogleProblemException(403, "cannotDeletePrimaryCalendar", "The primary calendar cannot be deleted.", "calendar");
        }

        state.Calendars.Delete(calendar);
    }

    public GoogleCalendar Known(string email, string id) =>
        state.Calendars.Find(id, email) ?? throw GoogleProblemException.NotFound;

    private GoogleCalendar Owned(string email, string id)
    {
        GoogleCalendar calendar = Known(email, id);
        return calendar.RoleOf(email) == AccessRole.Owner
            ? calendar
            : throw new GoogleProblemException(403, "requiredAccessLevel", "You need to have owner access to this calendar.", "calendar");
    }
}

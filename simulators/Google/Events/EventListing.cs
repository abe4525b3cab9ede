using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Wire;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace CalendarActors.Simulators.Google.Events;

/// <summary><c>events.list</c> and <c>events.instances</c> (Calendar API reference, checked 2026-11).</summary>
internal sealed class EventListing(GoogleState state)
{
    private static readonly string[] ForbiddenWithSyncToken =
    [
        "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin",
    ];

    private static readonly string[] WithoutSyncToken =
        ["iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "updatedMin"];

    // What an incremental request has to repeat, of the parameters that change which rows there are.
    private static readonly string[] ShapeParameters = ["singleEvents", "eventTypes", "alwaysIncludeEmail", "maxAttendees"];

    // A listing of instances without a last moment ends here.
    private static readonly Duration Horizon = Duration.FromDays(731);

    public JsonObject List(GoogleCalendar calendar, string email, HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        AccessRole role = calendar.RoleOf(email);
        Refuse(query);
        FeedPage page = Feed.Read(state, calendar.Events, Request(calendar, email, role, context), (after, upTo, isIncremental) =>
            [.. Rows(calendar, role, EventFilter.Read(query, isIncremental), after, upTo, isIncremental)]);
        return page.WriteTo(Head(calendar, role));
    }

    public JsonObject Instances(GoogleCalendar calendar, string email, string id, HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        AccessRole role = calendar.RoleOf(email);
        long upTo = calendar.Events.ReadableAt(state.ReadingAt(context));
        StoredEvent? master = calendar.Events.Find(id, upTo);
        if (master is null || !Series.IsSeries(master.Json))
        {
            throw GoogleProblemException.NotFound;
        }

        EventFilter filter = EventFilter.Read(query, isIncremental: false);
        FeedRequest request = Request(calendar, email, role, context) with { Collection = $"{calendar.Id} {id}", GivesSyncToken = false };
        FeedPage page = Feed.Read(state, calendar.Events, request, (_, place, _) =>
            [.. Expand(calendar, master, filter, place)
                .Where(item => (filter.ShowsDeleted || !item.IsCancelled) && IsOriginally(item, filter, calendar))
                .Select(item => Row(item, calendar, role))]);
        return page.WriteTo(Head(calendar, role));
    }

    /// <summary>All instances that a calendar has in a span, for busy time and for people.</summary>
    public IEnumerable<StoredEvent> Occurrences(GoogleCalendar calendar, Instant from, Instant to)
    {
        var filter = new EventFilter { From = from, To = to, IsExpanded = true };
        return Living(calendar, filter, calendar.Events.Latest).Where(item => !item.IsCancelled);
    }

    private FeedRequest Request(GoogleCalendar calendar, string email, AccessRole role, HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string shape = string.Join('&', ShapeParameters.Where(query.ContainsKey).Select(name => $"{name}={query[name]}"));
        return new(calendar.Id, email, GoogleCalendar.Name(role), shape)
        {
            At = state.ReadingAt(context),
            PageSize = Math.Min(
                state.Options.EventsPerPageAtMost,
                int.TryParse(query["maxResults"], NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? Math.Clamp(size, 1, 2500) : 250),
            PageToken = query["pageToken"].FirstOrDefault(),
            SyncToken = query["syncToken"].FirstOrDefault(),
            GivesSyncToken = !WithoutSyncToken.Any(query.ContainsKey),
            IsEmptyPage = SimulatorHost.Hits(context, GoogleSeams.EmptyPage),
            RepeatsItem = SimulatorHost.Hits(context, GoogleSeams.RepeatItem),
            RefusesPageToken = SimulatorHost.Hits(context, GoogleSeams.RefusePageToken),
        };
    }

    private static void Refuse(IQueryCollection query)
    {
        if (query.ContainsKey("syncToken")
            && (Array.Exists(ForbiddenWithSyncToken, query.ContainsKey) || query["showDeleted"] == "false"))
        {
            throw new GoogleProblemException(
                400, "syncTokenWithNonDefaultParameters", "Sync token cannot be used with other query restrictions.", "calendar", "syncToken");
        }

        if (query.ContainsKey("orderBy") && query["orderBy"] == "startTime" && query["singleEvents"] != "true")
        {
            throw new GoogleProblemException(
                400, "badRequest", "The requested ordering is not available for the particular query.", "global", "orderBy");
        }
    }

    private IEnumerable<Func<JsonObject?>> Rows(
        GoogleCalendar calendar, AccessRole role, EventFilter filter, long after, long upTo, bool isIncremental)
    {
        IEnumerable<StoredEvent> rows = isIncremental
            ? Changed(calendar, filter, after, upTo)
            : Living(calendar, filter, upTo).Where(item => EventView.IsSeen(item, role));
        return rows.Where(filter.Takes).Select(item => Row(item, calendar, role));
    }

    private Func<JsonObject?> Row(StoredEvent item, GoogleCalendar calendar, AccessRole role) => () =>
    {
        if (!state.Options.PagesMoveWhileReading)
        {
            return EventView.Render(item, calendar, role);
        }

        // An item that changed since the first page is left out or shown as it is now: the sync token brings it in any case.
        StoredEvent? now = calendar.Events.Find(item.Id, calendar.Events.ReadableAt(state.Now));
        bool isMoved = now is not null && now.Json.Text("etag") != item.Json.Text("etag");
        return isMoved && now!.Json.Text("etag")![^2] % 4 == 0 ? null : EventView.Render(isMoved ? now! : item, calendar, role);
    };

    // What there is: tombstones only when asked for, cancelled exceptions unless instances are asked for.
    private IEnumerable<StoredEvent> Living(GoogleCalendar calendar, EventFilter filter, long upTo)
    {
        IEnumerable<StoredEvent> all = calendar.Events.StateAt(upTo).Select(change => change.Value!)
            .Where(item => filter.ShowsDeleted || !item.IsGone);
        if (!filter.IsExpanded)
        {
            return all.Where(item => IsIn(calendar, item, filter));
        }

        IEnumerable<StoredEvent> expanded = all
            .Where(item => item.SeriesId is null || item.IsGone)
            .SelectMany(item => item.IsGone || !Series.IsSeries(item.Json) ? [item] : Expand(calendar, item, filter, upTo))
            .Where(item => (filter.ShowsDeleted || !item.IsCancelled) && IsIn(calendar, item, filter));
        return filter.IsOrderedByStart
            ? expanded.OrderBy(item => EventTimes.Of(item.Json, calendar.Zone).Start.At)
            : expanded;
    }

    private IEnumerable<StoredEvent> Changed(GoogleCalendar calendar, EventFilter filter, long after, long upTo)
    {
        IEnumerable<StoredEvent> changed = calendar.Events.Since(after, upTo).Where(change => change.Value is not null).Select(change => change.Value!);
        return filter.IsExpanded
            ? changed.SelectMany(item => item.IsGone || !Series.IsSeries(item.Json) ? [item] : Expand(calendar, item, filter, upTo))
            : changed;
    }

    private IEnumerable<StoredEvent> Expand(GoogleCalendar calendar, StoredEvent master, EventFilter filter, long upTo)
    {
        Dictionary<string, StoredEvent> exceptions = calendar.Events.StateAt(upTo).Select(change => change.Value!)
            .Where(item => item.SeriesId == master.Id && !item.IsGone)
            .ToDictionary(item => item.Id, StringComparer.Ordinal);
        foreach (EventTime start in Series.Starts(master.Json, calendar.Zone, filter.To ?? state.NowInstant + Horizon))
        {
            StoredEvent instance = Events.Instances.Make(master, start, calendar.Zone);
            if (!exceptions.Remove(instance.Id, out StoredEvent? exception))
            {
                if (IsIn(calendar, instance, filter))
                {
                    yield return instance;
                }
            }
            else
            {
                yield return exception;
            }
        }

        // Moved into the span from after its end.
        foreach (StoredEvent exception in exceptions.Values.Where(item => !item.IsCancelled && IsIn(calendar, item, filter)))
        {
            yield return exception;
        }
    }

    private static bool IsOriginally(StoredEvent item, EventFilter filter, GoogleCalendar calendar) =>
        filter.OriginalStart is not { } at || EventTime.Read(item.Json.Object("originalStartTime")!, "start", calendar.Zone).At == at;

    private static bool IsIn(GoogleCalendar calendar, StoredEvent item, EventFilter filter)
    {
        if (filter.From is null && filter.To is null)
        {
            return true;
        }

        if (item.IsGone)
        {
            return false;
        }

        if (Series.IsSeries(item.Json))
        {
            EventTimes first = EventTimes.Of(item.Json, calendar.Zone);
            Duration length = first.End.At - first.Start.At;
            Instant far = filter.To ?? Instant.FromUtc(2200, 1, 1, 0, 0);
            return Series.Starts(item.Json, calendar.Zone, far).Any(start => filter.From is not { } from || start.At + length > from);
        }

        return filter.Meets(EventTimes.Of(item.Json, calendar.Zone))
            || (item.Json.Object("originalStartTime") is { } original
                && filter.Meets(EventTime.Read(original, "start", calendar.Zone).At));
    }

    private JsonObject Head(GoogleCalendar calendar, AccessRole role)
    {
        var head = new JsonObject
        {
            ["kind"] = "calendar#events",
            ["etag"] = calendar.Etag,
            ["summary"] = calendar.Summary,
            ["updated"] = state.Timestamp,
            ["timeZone"] = calendar.Zone.Id,
            ["accessRole"] = GoogleCalendar.Name(role),
            ["defaultReminders"] = new JsonArray(),
        };
        if (calendar.Description is { } description)
        {
            head["description"] = description;
        }

        return head;
    }
}

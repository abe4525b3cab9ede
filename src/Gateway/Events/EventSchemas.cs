using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Events;

/// <summary>The shapes of events as they are read.</summary>
internal static class EventSchemas
{
    private static readonly ApiSchema Answers = ApiSchema.Word("needs_action", "accepted", "declined", "tentative", "unknown");

    private static readonly ApiSchema LocalTime = ApiSchema.Object(
        "LocalTime",
        "A time with the offset of its zone, or a day.",
        Must("time", ApiSchema.Formatted(null, 25, @"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$")),
        Must("tzid", ApiIds.Zone));

    /// <summary>When something begins or ends.</summary>
    public static ApiSchema Time { get; } = ApiSchema.AnyOf(
        "EventTime",
        "A time in whole seconds in UTC, a day, or with localized_times either with its zone. The end is exclusive.",
        ApiSchema.Moment,
        ApiSchema.Day,
        LocalTime);

    private static readonly ApiSchema Location = ApiSchema.Object(
        "Location",
        "Where it is.",
        Must("description", ApiSchema.Text(8192)),
        May("lat", ApiSchema.Formatted(null, 32, @"^-?\d+(\.\d+)?$"), "Degrees, as text; only with include_geo."),
        May("long", ApiSchema.Formatted(null, 32, @"^-?\d+(\.\d+)?$"), "Degrees, as text; only with include_geo."));

    private static readonly ApiSchema Attendee = ApiSchema.Object(
        "Attendee",
        "Somebody who was asked to come.",
        Must("email", ApiIds.Name),
        May("display_name", ApiIds.Name),
        Must("status", Answers));

    private static readonly ApiSchema Organizer = ApiSchema.Object(
        "Organizer", "Who asked.", Must("email", ApiIds.Name), May("display_name", ApiIds.Name));

    private static readonly ApiSchema Options = ApiSchema.Object(
        "EventOptions",
        "What this application may do to the event now.",
        Must("delete", ApiSchema.Flag),
        Must("update", ApiSchema.Flag),
        Must("change_participation_status", ApiSchema.Flag));

    private static readonly ApiSchema Event = ApiSchema.Object(
        "Event",
        "One event, or one occurrence of a series.",
        Must("calendar_id", ApiIds.Calendar),
        May("event_id", ApiIds.EventId, "The application's own id; only of its own events."),
        Must("event_uid", ApiIds.EventUid),
        May("google_event_id", ApiIds.Name, "Only with google_event_ids."),
        Must("summary", ApiSchema.Text(8192)),
        Must("description", ApiSchema.Text(65_536)),
        Must("start", Time),
        Must("end", Time),
        Must("deleted", ApiSchema.Flag),
        Must("created", ApiSchema.Moment),
        Must("updated", ApiSchema.Moment),
        May("location", Location),
        Must("participation_status", Answers),
        Must("attendees", ApiSchema.List(Attendee, 10_000)),
        May("organizer", Organizer),
        Must("transparency", ApiSchema.Word("opaque", "transparent", "unknown")),
        Must("extended_transparency", ApiSchema.Word(
            "opaque", "transparent", "working_elsewhere", "tentative", "out_of_office", "unknown")),
        Must("status", ApiSchema.Word("tentative", "confirmed", "cancelled", "unknown")),
        Must("categories", ApiSchema.List(ApiIds.Name, 1000)),
        Must("recurring", ApiSchema.Flag),
        May("series_identifier", ApiIds.Name, "The same for all occurrences of a series."),
        Must("event_private", ApiSchema.Flag),
        May("meeting_url", ApiSchema.Text(8192), "The link to join."),
        Must("options", Options));

    /// <summary>Which page it is, and where the next one is.</summary>
    public static ApiSchema Pages { get; } = ApiSchema.Object(
        "Pages",
        "Which page it is. There is a next one exactly when current is less than total.",
        Must("current", ApiSchema.Integer(1, int.MaxValue)),
        Must("total", ApiSchema.Integer(1, int.MaxValue)),
        May("next_page", ApiSchema.Formatted("uri", 8192, "^https?://[^?]+$"), "The address of the next page, without a query."));

    /// <summary>The account, in a first page.</summary>
    public static ApiField UserInfo { get; } = May("userinfo", AccountSchemas.UserInfo);

    public static ApiSchema Page { get; } = ApiSchema.Object(
        "EventPage", "A page of events.", Must("pages", Pages), Must("events", ApiSchema.List(Event, 100)), UserInfo);

    public static ApiSchema Deletion { get; } = ApiSchema.Object(
        "EventDeletion",
        "Which event is to go. Where both ids are given, event_id wins.",
        May("event_id", ApiSchema.Text(EventLimits.EventId), "The application's own id."),
        May("event_uid", ApiIds.EventUid, "An event that the application did not make."),
        May("include_userinfo", ApiSchema.Flag, "True answers with the account as well."));

    public static ApiSchema Participation { get; } = ApiSchema.Object(
        "Participation", "The person's answer.", Must("status", ApiSchema.Word("accepted", "tentative", "declined")));

    public static ApiSchema BulkDeletion { get; } = ApiSchema.Object(
        "BulkDeletion",
        "Either of the two.",
        May("delete_all", ApiSchema.Flag, "True for all calendars."),
        May("calendar_ids", ApiSchema.List(ApiIds.Calendar, 500), "At least one."));
}

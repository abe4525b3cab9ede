using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Events;

/// <summary>What the OpenAPI document says of events.</summary>
internal static class EventDescription
{
    private const string Tag = "Events";

    private const string Event = """
        {
          "calendar_id": "cal_1a2b3c_4d5e6f", "event_id": "booking-42", "event_uid": "evt_external_0123456789abcdef01234567",
          "summary": "Board meeting", "description": "",
          "start": "2030-01-15T09:00:00Z", "end": "2030-01-15T10:00:00Z", "deleted": false,
          "created": "2030-01-01T08:00:00Z", "updated": "2030-01-01T08:00:00Z",
          "location": { "description": "Room 1" }, "participation_status": "unknown", "attendees": [],
          "transparency": "opaque", "extended_transparency": "opaque", "status": "confirmed", "categories": [],
          "recurring": false, "event_private": false,
          "options": { "delete": true, "update": true, "change_participation_status": false }
        }
        """;

    private const string PlainEvent = """
        {
          "calendar_id": "cal_1a2b3c_4d5e6f", "event_id": "booking-43", "event_uid": "evt_external_0123456789abcdef01234568",
          "summary": "Fair", "description": "", "start": "2030-03-01", "end": "2030-03-02", "deleted": false,
          "created": "2030-01-01T08:00:00Z", "updated": "2030-01-01T08:00:00Z", "participation_status": "unknown",
          "attendees": [], "transparency": "transparent", "extended_transparency": "transparent", "status": "confirmed",
          "categories": [], "recurring": false, "event_private": false,
          "options": { "delete": true, "update": true, "change_participation_status": false }
        }
        """;

    private static readonly ApiParameter[] Window =
    [
        new("tzid", "string", "IANA zone in which days are counted, such as Europe/Paris.", IsRequired: true),
        new("from", "date", "First day. Default and minimum: 42 days ago; an earlier one is drawn in."),
        new("to", "date", "The day before which events start. Default and maximum: 201 days ahead; a later one is drawn in."),
        new("calendar_ids[]", "array", "Only these calendars. Default: all."),
        new("last_modified", "date-time", "Only what changed at or after it."),
        new("include_deleted", "boolean", "Also what was deleted."),
        new("include_managed", "boolean", "Also the application's own events, of all time when neither from nor to is given."),
        new("localized_times", "boolean", "Times as {time, tzid}, with the zone's offset."),
        new("include_userinfo", "boolean", "Also userinfo, as /v1/userinfo says it, on the first page."),
    ];

    public static ApiDescription First { get; } = new(
        Tag,
        "Read events",
        "Events that start before 'to' and end on or after 'from', in order of their start, 100 a page. Needs read_events, "
        + "or with only_managed create_event or delete_event.",
        StatusCodes.Status200OK)
    {
        Query =
        [
            .. Window,
            new("only_managed", "boolean", "Only the application's own events."),
            new("include_moved", "boolean", "Also what was in the window within the last 60 days and has moved out of it."),
            new("include_geo", "boolean", "Also location.lat and location.long."),
        ],
        Answer = $$"""
            {
              "pages": { "current": 1, "total": 2, "next_page": "https://calendars.example.com/v1/events/pages/AbC123" },
              "events": [{{Event}}]
            }
            """,
        AnswerSchema = EventSchemas.Page,
        Failures = [403, 422],
    };

    public static ApiDescription Page { get; } = new(
        Tag,
        "Read a further page of events",
        "The address comes from pages.next_page and is good for an hour. Query parameters are ignored: the first page's hold.",
        StatusCodes.Status200OK)
    {
        Answer = $$"""{ "pages": { "current": 2, "total": 2 }, "events": [{{PlainEvent}}] }""",
        AnswerSchema = EventSchemas.Page,
        Failures = [403, 404],
    };

    public static ApiDescription Upsert { get; } = new(
        Tag,
        "Create or change an event of the application's own, or change another one",
        "The first call with an event_id creates the event, later ones change it: absent fields stay, null or empty ones "
        + "are cleared. Accepted means stored; it then reaches the provider, once. With include_userinfo: true the answer is "
        + "{\"userinfo\": …}, as /v1/userinfo says it. Needs create_event, and event_reminders to set reminders. Subscriptions "
        + "ask for a signed call before or after the event's start or end, wherever it is then. Attachments are files from "
        + "/v1/attachments, in calendars with calendar_attachments_available. With event_uid "
        + "instead of event_id it changes an event that the application did not make, where options.update of the event is true: "
        + "the calendar's permission_level is unrestricted, the event is no series, and the person called the meeting or nobody "
        + "is invited.",
        StatusCodes.Status202Accepted)
    {
        Body = """
            {
              "event_id": "booking-42", "summary": "Board meeting", "description": "Quarterly figures",
              "start": "2030-01-15T09:00:00Z", "end": "2030-01-15T10:00:00Z", "tzid": "Europe/Paris",
              "location": { "description": "Room 1", "lat": "48.8583", "long": "2.2945" }, "url": "https://example.com/42",
              "reminders": [{ "minutes": 15 }], "transparency": "opaque", "event_private": false, "color": "#49BED8",
              "attendees": { "invite": [{ "email": "ann@example.com", "display_name": "Ann" }], "remove": [] },
              "recurrence": { "rules": [{ "frequency": "weekly", "interval": 1, "count": 4, "by_day": [{ "day": "tuesday" }] }] },
              "subscriptions": [{
                "type": "webhook", "uri": "https://example.com/hooks/events",
                "transitions": [{ "before": "event_start", "offset": { "hours": 1, "minutes": 30 } }]
              }],
              "attachments": [{ "attachment_id": "att_0123456789abcdef01234567" }]
            }
            """,
        BodySchema = EventChangeSchemas.Upsert,
        AskedAnswerSchema = AccountSchemas.AskedUserInfo,
        Failures = [400, 403, 404, 422, 423],
    };

    public static ApiDescription Delete { get; } = new(
        Tag,
        "Delete an event of the application's own, or another one",
        "Deleting what is not there is accepted as well. include_userinfo as when writing. Needs delete_event. With event_uid instead of event_id it deletes an "
        + "event that the application did not make, where options.delete of the event is true; the uid of one of its own is "
        + "refused with errors.must_be_external_event_uid.",
        StatusCodes.Status202Accepted)
    {
        Body = """{ "event_id": "booking-42" }""",
        BodySchema = EventSchemas.Deletion,
        AskedAnswerSchema = AccountSchemas.AskedUserInfo,
        Failures = [400, 403, 404, 422, 423],
    };

    public static ApiDescription Respond { get; } = new(
        Tag,
        "Answer an invitation",
        "As the person, who is a guest: options.change_participation_status of the event is true. The organizer learns of it "
        + "as the provider does that. Needs change_participation_status, and no elevated permission.",
        StatusCodes.Status202Accepted)
    {
        Body = """{ "status": "accepted" }""",
        BodySchema = EventSchemas.Participation,
        Failures = [400, 403, 404, 422, 423],
    };

    /// <summary>The parameters that busy times share.</summary>
    public static IReadOnlyList<ApiParameter> SharedQuery => Window;
}

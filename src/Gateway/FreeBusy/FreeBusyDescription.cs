using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Events;

namespace CalendarActors.Gateway.FreeBusy;

/// <summary>What the OpenAPI document says of busy times.</summary>
internal static class FreeBusyDescription
{
    private const string Tag = "Free/busy";

    private const string Answer = """
        {
          "pages": { "current": 1, "total": 1 },
          "free_busy": [{
            "calendar_id": "cal_1a2b3c_4d5e6f", "start": "2030-01-15T09:00:00Z", "end": "2030-01-15T10:00:00Z",
            "free_busy_status": "busy"
          }]
        }
        """;

    public static ApiDescription First { get; } = new(
        Tag,
        "Read busy times",
        "One entry an event, 100 a page, in order of their start; overlapping ones are not merged. Nothing tells what an "
        + "entry is about. Needs read_free_busy.",
        StatusCodes.Status200OK)
    {
        Query =
        [
            .. EventDescription.SharedQuery,
            new("include_free", "boolean", "Also events that leave their time free."),
            new("include_ids", "boolean", "Also event_id and event_uid."),
        ],
        Answer = Answer,
        AnswerSchema = FreeBusySchemas.Page,
        Failures = [403, 422],
    };

    public static ApiDescription Page { get; } = new(
        Tag,
        "Read a further page of busy times",
        "The address comes from pages.next_page and is good for an hour. Query parameters are ignored: the first page's hold.",
        StatusCodes.Status200OK)
    {
        Answer = Answer,
        AnswerSchema = FreeBusySchemas.Page,
        Failures = [403, 404],
    };
}

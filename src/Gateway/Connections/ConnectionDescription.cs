using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Applications;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Connections;

/// <summary>What the OpenAPI document says of connections.</summary>
internal static class ConnectionDescription
{
    private static readonly ApiSchema Calendar = ApiSchema.Object(
        "CalendarHealth",
        "How well one calendar is kept.",
        Must("calendar_id", ApiIds.Calendar),
        May("last_synced", OperatorSchemas.Moment),
        Must("watch", ApiSchema.Word("watched", "polled", "none")),
        May("watched_until", OperatorSchemas.Moment),
        May("lag_seconds", ApiSchema.Number(0), "From a change at the provider until it was here, lately."),
        Must("pending_writes", ApiSchema.Integer(0, int.MaxValue), "Writes that the provider has not been told yet."),
        Must("repairs", ApiSchema.Integer(0, int.MaxValue), "Changes that no notification told of."),
        May("last_fault", ApiSchema.Text(255)));

    private static readonly ApiSchema Connection = ApiSchema.Object(
        "Connection",
        "One login at one provider: no name, no address.",
        Must("profile_id", ApiIds.Profile),
        Must("provider_name", ApiSchema.Text(64)),
        Must("state", ApiSchema.Word("connected", "disconnected")),
        May("reason", ApiSchema.Text(255)),
        Must("initial_sync_required", ApiSchema.Flag),
        Must("calendars", ApiSchema.List(Calendar, 10_000)));

    public static ApiDescription List { get; } = new(
        OperatorDescription.Tag,
        "List connections and how well their calendars are kept",
        "watch says how a calendar's changes reach us: watched (its provider tells us, until watched_until), polled (we look "
        + "from time to time) or none (an application calendar: it is kept here, and there is nothing to look at).",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.OperatorKey,
        Query =
        [
            new("state", "string", "Only connected or disconnected ones."),
            new("after", "string", "The 'next' of the page before."),
            new("limit", "integer", "How many; at most and by default 50."),
        ],
        Answer = """
            {
              "connections": [{
                "profile_id": "pro_1a2b3c", "provider_name": "caldav", "state": "connected", "initial_sync_required": false,
                "calendars": [{
                  "calendar_id": "cal_1a2b3c_4d5e6f", "last_synced": "2030-01-01T08:00:00+00:00", "watch": "polled",
                  "pending_writes": 0, "repairs": 0
                }]
              }]
            }
            """,
        AnswerSchema = ApiSchema.Object(
            "ConnectionList",
            "A page of connections.",
            Must("connections", ApiSchema.List(Connection, 50)),
            May("next", ApiSchema.Text(255), "Give it as 'after' to go on; absent on the last page.")),
        Failures = [400, 422],
    };
}

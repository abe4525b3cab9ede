using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Events;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.FreeBusy;

/// <summary>The shapes of busy times.</summary>
internal static class FreeBusySchemas
{
    /// <summary>One event.</summary>
    public static ApiSchema Entry { get; } = ApiSchema.Object(
        "FreeBusyEntry",
        "How one event takes its time.",
        Must("calendar_id", ApiIds.Calendar),
        Must("start", EventSchemas.Time),
        Must("end", EventSchemas.Time),
        Must("free_busy_status", ApiSchema.Word("busy", "free", "tentative", "unknown")),
        May("event_id", ApiIds.EventId, "Only with include_ids and in explanations, of the application's own events."),
        May("event_uid", ApiIds.EventUid, "Only with include_ids and in explanations."),
        May("deleted", ApiSchema.Flag, "Only with include_deleted, of what was deleted."));

    public static ApiSchema Page { get; } = ApiSchema.Object(
        "FreeBusyPage", "A page of busy times.", Must("pages", EventSchemas.Pages), Must("free_busy", ApiSchema.List(Entry, 100)), EventSchemas.UserInfo);
}

using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Attachments;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Events;

/// <summary>The shapes of events as they are written.</summary>
internal static class EventChangeSchemas
{
    private const string Degrees = @"^-?\d+(\.\d+)?$";

    private static readonly ApiSchema TimeText = ApiSchema.Formatted(
        null, 64, @"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.0+)?(Z|[+-]\d\d:\d\d))?$");

    private static readonly ApiSchema Time = ApiSchema.AnyOf(
        "GivenTime",
        "A day, a time in UTC or with an offset, in whole seconds, or either with a zone, which wins over the event's.",
        TimeText,
        ApiSchema.Object("GivenLocalTime", "A time with a zone.", Must("time", TimeText), May("tzid", ApiIds.Zone)));

    private static readonly ApiSchema Place = ApiSchema.Object(
        "GivenLocation",
        "Where it is; replaced as a whole.",
        May("description", ApiSchema.Text(EventLimits.Location)),
        May("lat", ApiSchema.Formatted(null, 32, Degrees), "Degrees, as text; together with long."),
        May("long", ApiSchema.Formatted(null, 32, Degrees), "Degrees, as text; together with lat."));

    private static readonly ApiSchema Invited = ApiSchema.Object(
        "Invited",
        "Somebody to invite or take off.",
        Must("email", ApiSchema.Formatted("email", EventLimits.DisplayName, null)),
        May("display_name", ApiSchema.Text(EventLimits.DisplayName)));

    private static readonly ApiSchema Attendees = ApiSchema.Object(
        "AttendeeChanges",
        "Who is to be invited and who taken off; everybody else stays.",
        May("invite", ApiSchema.List(Invited, EventLimits.Attendees)),
        May("remove", ApiSchema.List(Invited, EventLimits.Attendees)),
        May("reject", ApiSchema.List(Invited, EventLimits.Attendees), "Another word for remove."));

    private static readonly ApiSchema Reminder = ApiSchema.Object(
        "Reminder", "A reminder.", Must("minutes", ApiSchema.Integer(0, EventLimits.ReminderMinutes), "Minutes before the start."));

    private static readonly ApiSchema Weekday = ApiSchema.Object(
        "RuleDay",
        "A day of the week.",
        Must("day", ApiSchema.Word("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")),
        May("nth_of_period", ApiSchema.Integer(-53, 53), "Which one of the month or year; from its end when negative."));

    private static readonly ApiSchema Rule = ApiSchema.Object(
        "RecurrenceRule",
        "How an event repeats.",
        Must("frequency", ApiSchema.Word("daily", "weekly", "monthly", "yearly")),
        May("interval", ApiSchema.Integer(1, EventLimits.RecurrenceInterval)),
        May("count", ApiSchema.Integer(1, EventLimits.RecurrenceCount), "Not together with until."),
        May("until", ApiSchema.Day, "The last day, the whole of it."),
        May("by_day", ApiSchema.List(Weekday, 60)));

    private static readonly ApiSchema Recurrence = ApiSchema.Object(
        "Recurrence", "One rule; an empty list ends the series.", May("rules", ApiSchema.List(Rule, 1)));

    public static ApiSchema Upsert { get; } = ApiSchema.Object(
        "EventChange",
        "An event to be created or changed.",
        May("event_id", ApiSchema.Text(EventLimits.EventId), "The application's own id of it."),
        May("event_uid", ApiIds.EventUid, "An event that the application did not make, instead of event_id."),
        Must("summary", ApiSchema.Text(EventLimits.Summary)),
        May("description", ApiSchema.Text(EventLimits.Description).OrNull(), "Plain text."),
        Must("start", Time),
        Must("end", Time),
        May("tzid", ApiIds.Zone, "The zone of times that name none."),
        May("location", Place),
        May("url", ApiSchema.Formatted("uri", EventLimits.Url, null).OrNull()),
        May("reminders", ApiSchema.List(Reminder, EventLimits.Reminders), "In the order of their importance."),
        May("reminders_create_only", ApiSchema.Flag, "True keeps the reminders of an event that exists already."),
        May("transparency", ApiSchema.Word("opaque", "transparent")),
        May("extended_transparency", ApiSchema.Word("opaque", "transparent", "working_elsewhere", "tentative", "out_of_office")),
        May("color", ApiSchema.Formatted(null, 7, "^#[0-9A-Fa-f]{6}$").OrNull(), "Where the provider has colors."),
        May("attendees", Attendees),
        May("event_private", ApiSchema.Flag),
        May("recurrence", Recurrence),
        May("subscriptions", SubscriptionSchemas.List, "Calls when the time of the event comes; an empty list ends them, without it they stay."),
        May("attachments", AttachmentSchemas.OfEvent, "Files uploaded before; an empty list takes them off, without it they stay."),
        May("hold_id", ApiSchema.Text(64), "Of this service: the hold of the time that the event takes, which ends with it."),
        May("include_userinfo", ApiSchema.Flag, "True answers with the account as well."));
}

using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Calendars;

/// <summary>The shapes of calendars.</summary>
internal static class CalendarSchemas
{
    public static ApiSchema List { get; } = ApiSchema.Object(
        "CalendarList",
        "The calendars of all profiles.",
        Must("sub", ApiIds.Account),
        Must("calendars", ApiSchema.List(AccountSchemas.Calendar, 10_000)));

    public static ApiSchema Create { get; } = ApiSchema.Object(
        "CalendarRequest",
        "A calendar to be made.",
        Must("profile_id", ApiIds.Profile),
        Must("name", ApiSchema.Text(250)),
        May("color", ApiSchema.Formatted(null, 7, "^#[0-9A-Fa-f]{6}$"), "Where the provider has colors."));

    public static ApiSchema Created { get; } = ApiSchema.Object(
        "CalendarAnswer", "The calendar that was made.", Must("calendar", AccountSchemas.Calendar));
}

using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Accounts;

/// <summary>The shapes of accounts, profiles and calendars.</summary>
internal static class AccountSchemas
{
    private static readonly ApiField[] ProfileIdentity =
    [
        Must("provider_name", ApiSchema.Text(64), "Which kind of calendar: an open list of words."),
        May("provider_service", ApiSchema.Text(64), "Which product of the provider, where it has several."),
        Must("profile_id", ApiIds.Profile),
        Must("profile_name", ApiIds.Name.OrNull(), "The login's name; null for an application calendar."),
    ];

    private static readonly ApiField[] ProfileHealth =
    [
        Must("profile_connected", ApiSchema.Flag, "False when the person must relink."),
        May("profile_relink_url", ApiSchema.Url, "Where to send the person; only when profile_connected is false."),
    ];

    private static readonly ApiField[] CalendarFields =
    [
        Must("calendar_id", ApiIds.Calendar),
        Must("calendar_name", ApiIds.Name),
        Must("calendar_readonly", ApiSchema.Flag, "True when nothing can be written."),
        Must("calendar_deleted", ApiSchema.Flag, "True when the provider no longer has it."),
        Must("calendar_primary", ApiSchema.Flag, "True for the profile's default calendar."),
        Must("calendar_integrated_conferencing_available", ApiSchema.Flag),
        Must("calendar_attachments_available", ApiSchema.Flag, "True when its events can have attachments."),
        Must("permission_level", ApiSchema.Word("sandbox", "unrestricted"), "unrestricted: events of others can be changed."),
    ];

    private static readonly ApiSchema ProfileCalendar = ApiSchema.Object(
        "ProfileCalendar", "A calendar within its profile.", CalendarFields);

    private static readonly ApiSchema ProfileWithCalendars = ApiSchema.Object(
        "ProfileWithCalendars",
        "A profile with its calendars.",
        [
            .. ProfileIdentity,
            .. ProfileHealth,
            Must("profile_initial_sync_required", ApiSchema.Flag, "True until the first full sync is done."),
            Must("profile_calendars", ApiSchema.List(ProfileCalendar, 10_000)),
        ]);

    private static readonly ApiSchema ConferencingProfile = ApiSchema.Object(
        "ConferencingProfile",
        "A login at a conferencing service.",
        [.. ProfileIdentity, .. ProfileHealth]);

    private static readonly ApiSchema Authorization = ApiSchema.Object(
        "GrantedAuthorization",
        "What was granted.",
        Must("scope", ApiIds.Scope),
        May("delegated_scope", ApiIds.Scope),
        Must("status", ApiSchema.Word("active")));

    private static readonly ApiSchema ApplicationCalendar = ApiSchema.Object(
        "ApplicationCalendar",
        "Which of the application's own calendars it is.",
        Must("application_calendar_id", ApiSchema.Text(255), "The application's own key."));

    private static readonly ApiSchema Behind = ApiSchema.Object(
        "UserInfoDetails",
        "What stands behind the access token.",
        Must("authorization", Authorization),
        May("application_calendar", ApplicationCalendar),
        Must("profiles", ApiSchema.List(ProfileWithCalendars, 1000)),
        Must("conferencing_profiles", ApiSchema.List(ConferencingProfile, 1000)));

    /// <summary>A profile in a list.</summary>
    private static readonly ApiSchema Profile = ApiSchema.Object(
        "Profile", "One login at one provider.", [.. ProfileIdentity, .. ProfileHealth]);

    public static ApiSchema UserInfo { get; } = ApiSchema.Object(
        "UserInfo",
        "Who stands behind the access token. The names with a dot are names, not paths.",
        Must("sub", ApiIds.Account),
        May("email", ApiIds.Name),
        May("name", ApiIds.Name),
        May("zoneinfo", ApiIds.Zone),
        May("application_calendar_id", ApiSchema.Text(255), "The application's own key of an application calendar."),
        Must("cronofy.type", ApiSchema.Word("account", "application_calendar", "service_account")),
        Must("cronofy.data", Behind));

    /// <summary>What a write answers where <c>include_userinfo</c> asks for it.</summary>
    public static ApiSchema AskedUserInfo { get; } = ApiSchema.Object(
        "AskedUserInfo", "Only with include_userinfo.", Must("userinfo", UserInfo));

    public static ApiSchema LinkToken { get; } = ApiSchema.Object(
        "LinkToken", "A token that joins the next login to this account.", Must("link_token", ApiIds.Secret));

    public static ApiSchema Account { get; } = ApiSchema.Object(
        "AccountAnswer",
        "The account.",
        Must("account", ApiSchema.Object(
            "Account",
            "One person as one application sees them.",
            Must("account_id", ApiIds.Account),
            May("email", ApiIds.Name),
            May("name", ApiIds.Name),
            Must("default_tzid", ApiIds.Zone),
            Must("scope", ApiIds.Scope))));

    public static ApiSchema Profiles { get; } = ApiSchema.Object(
        "ProfileList", "All profiles, in the order of connecting.", Must("profiles", ApiSchema.List(Profile, 1000)));

    /// <summary>A calendar in a list of them.</summary>
    public static ApiSchema Calendar { get; } = ApiSchema.Object(
        "Calendar", "One calendar of one profile.", [.. ProfileIdentity, .. CalendarFields]);
}

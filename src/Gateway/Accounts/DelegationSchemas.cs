using CalendarActors.Domain.Applications;
using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Accounts;

/// <summary>The shapes of reaching other people's calendars.</summary>
internal static class DelegationSchemas
{
    private static readonly ApiField[] Fields =
    [
        Must("email", ApiSchema.Formatted("email", 2048, null)),
        Must("callback_url", ApiSchema.Formatted("uri", RedirectUris.MaxLength, null)),
        Must("scope", ApiIds.Scope),
        May("state", ApiSchema.Text(4000)),
    ];

    private static readonly ApiSchema One = ApiSchema.Object("AuthorizationRequest", "Whose calendars, and what for.", Fields);

    public static ApiSchema ServiceAccount { get; } = ApiSchema.AnyOf(
        "ServiceAccountAuthorization",
        "One, or a list of them.",
        One,
        ApiSchema.Object(
            "ServiceAccountAuthorizations",
            "A list of them.",
            Must("service_account_authorizations", ApiSchema.List(One, DelegationWire.MaxAuthorizations))));

    public static ApiSchema Delegated { get; } = ApiSchema.Object(
        "DelegatedAuthorization", "Whose calendars, and through which profile.", [Must("profile_id", ApiIds.Profile), .. Fields]);

    public static ApiSchema Accessible { get; } = ApiSchema.Object(
        "AccessibleCalendars",
        "Whose calendars could be asked for.",
        Must("accessible_calendars", ApiSchema.List(
            ApiSchema.Object(
                "AccessibleCalendar",
                "A person or a room.",
                Must("calendar_type", ApiSchema.Word("resource", "unknown")),
                Must("email", ApiIds.Name),
                Must("name", ApiIds.Name)),
            1000)));
}

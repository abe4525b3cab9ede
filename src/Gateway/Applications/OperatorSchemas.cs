using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Applications;

/// <summary>The shapes of applications as the operator sees them.</summary>
internal static class OperatorSchemas
{
    /// <summary>A moment as the operator sees it: with fractions of a second.</summary>
    public static ApiSchema Moment { get; } = ApiSchema.Formatted("date-time", 40, null);

    public static ApiSchema Secret { get; } = ApiSchema.Object(
        "ClientSecret",
        "A client secret; its text only when it was just made.",
        Must("id", ApiSchema.Text(64)),
        May("client_secret", ApiIds.Secret),
        May("created_at", Moment));

    public static ApiSchema Application { get; } = ApiSchema.Object(
        "Application",
        "An application.",
        Must("client_id", ApiIds.Application),
        May("client_secret", ApiIds.Secret, "Only when it was just made."),
        Must("name", ApiSchema.Text(100)),
        Must("redirect_uris", ApiSchema.List(ApiSchema.Url, 100)),
        Must("rotate_refresh_tokens", ApiSchema.Flag, "True gives a new refresh token with every refresh."),
        May("secrets", ApiSchema.List(Secret, 100)),
        May("created_at", Moment));

    public static ApiSchema Applications { get; } = ApiSchema.Object(
        "ApplicationList",
        "A page of applications.",
        Must("applications", ApiSchema.List(Application, 100)),
        May("next", ApiSchema.Text(255), "Give it as 'after' to go on; absent on the last page."));

    public static ApiSchema Registration { get; } = ApiSchema.Object(
        "Registration",
        "An application to be registered.",
        Must("name", ApiSchema.Text(100)),
        May("redirect_uris", ApiSchema.List(ApiSchema.Url, 100)),
        May("rotate_refresh_tokens", ApiSchema.Flag));
}

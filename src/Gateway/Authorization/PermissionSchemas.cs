using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Authorization;

/// <summary>The shapes of asking for elevated permissions.</summary>
internal static class PermissionSchemas
{
    private static readonly ApiSchema Permission = ApiSchema.Object(
        "Permission",
        "How much of one calendar.",
        Must("calendar_id", ApiIds.Calendar),
        Must("permission_level", ApiSchema.Word("sandbox", "unrestricted")));

    private static readonly ApiSchema Asked = ApiSchema.Object(
        "PermissionsAsked",
        "Where to send the person, or that nothing is left to ask.",
        May("url", ApiSchema.Url),
        May("accepted", ApiSchema.Flag));

    public static ApiSchema Request { get; } = ApiSchema.Object(
        "PermissionsRequest",
        "What is asked for.",
        Must("permissions", ApiSchema.List(Permission, 500)),
        May("redirect_uri", ApiSchema.Url, "Where the person comes back to: one of the application's own."));

    public static ApiSchema Answer { get; } = ApiSchema.Object(
        "PermissionsAnswer", "What became of it.", Must("permissions_request", Asked));
}

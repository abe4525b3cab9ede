using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.BookableEvents;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Authorization;

/// <summary>The shapes of element tokens.</summary>
internal static class ElementTokenSchemas
{
    private static readonly ApiSchema Permissions = ApiSchema.List(
        ApiSchema.Word([.. ElementPermissions.Known.Order(StringComparer.Ordinal)]), ElementPermissions.Known.Count * 2);

    private static readonly ApiSchema Token = ApiSchema.Object(
        "ElementToken",
        "A token for an element on a page.",
        Must("permissions", Permissions),
        Must("origin", ApiSchema.Url),
        Must("token", ApiIds.Secret),
        Must("expires_in", ApiSchema.Integer(1, 86_400), "Seconds."));

    public static ApiSchema Request { get; } = ApiSchema.Object(
        "ElementTokenRequest",
        "What the token is to be good for.",
        May("version", ApiSchema.Word("1")),
        Must("permissions", Permissions),
        May("subs", ApiSchema.List(ApiIds.Account, ElementToken.MaxSubs)),
        May("bookable_event_ids", ApiSchema.List(BookableEventDescription.Id, ElementToken.MaxBookableEvents), "Bookable events that availability may be asked about."),
        Must("origin", ApiSchema.Url, "The origin of the page: scheme, host and port."));

    public static ApiSchema Answer { get; } = ApiSchema.Object(
        "ElementTokenAnswer", "The token.", Must("element_token", Token));

    /// <summary>The vendor's own form for a permission that there is not.</summary>
    public static ApiSchema Refusal { get; } = ApiSchema.AnyOf(
        "ElementTokenRefusal",
        "Why there is no token.",
        ApiResponses.Error,
        ApiSchema.Object("UnknownPermission", "One of the permissions is none.", Must("permissions", ApiSchema.Word("not_recognized"))));
}

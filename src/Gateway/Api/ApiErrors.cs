using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Api;

/// <summary>Every answer of the API that is no success: the one place that knows status codes and error bodies.</summary>
/// <remarks>Only codes that the vendor documents are used, because one of its libraries has a fixed table of them.</remarks>
internal static class ApiErrors
{
    /// <summary>Seconds after which a storage that failed, or a silo that was away, is worth another try.</summary>
    public const int SoonSeconds = 2;

    /// <summary>Seconds after which a full outbox has drained noticeably.</summary>
    private const int LaterSeconds = 30;

    public static Task SendAsync(HttpContext context, GrantOutcome outcome, IReadOnlyList<FieldError> errors) => outcome switch
    {
        GrantOutcome.InvalidToken => InvalidToken(context),
        GrantOutcome.InsufficientScope => Challenge(
            context, StatusCodes.Status403Forbidden, "insufficient_scope", "The person has not granted what this call needs."),
        GrantOutcome.NotFound => NotFound(context),
        GrantOutcome.Invalid => Invalid(context, errors),
        GrantOutcome.Disconnected => SendAsync(
            context,
            StatusCodes.Status423Locked,
            "profile_disconnected",
            "The calendar's login does not work. Send the person to the profile_relink_url of its profile."),
        GrantOutcome.Busy => TooMany(context, LaterSeconds),
        GrantOutcome.Unavailable => Unavailable(context),
        GrantOutcome.Sandboxed => NeedsElevatedPermission(context),
        _ => Internal(context),
    };

    public static Task InvalidToken(HttpContext context) => Challenge(
        context, StatusCodes.Status401Unauthorized, "invalid_token", "The access token is missing, unknown, expired or revoked.");

    public static Task InvalidKey(HttpContext context) => Challenge(
        context,
        StatusCodes.Status401Unauthorized,
        "invalid_token",
        "The API key is missing, unknown or withdrawn. This call takes a client secret as the bearer token.");

    public static Task NotFound(HttpContext context) => SendAsync(
        context, StatusCodes.Status404NotFound, "not_found", "There is no such thing, or not for this access token.");

    public static Task Malformed(HttpContext context, string problem) =>
        SendAsync(context, StatusCodes.Status400BadRequest, "invalid_request", problem);

    private static Task NeedsElevatedPermission(HttpContext context) => SendAsync(
        context,
        StatusCodes.Status403Forbidden,
        "permission_level_sandbox",
        "Events that this application did not create can only be changed with the permission level 'unrestricted': ask for it "
        + "with POST /v1/permissions. Use event_id for events of your own.");

    /// <summary>403 that no scope would mend.</summary>
    public static Task Forbidden(HttpContext context, string error, string description) =>
        SendAsync(context, StatusCodes.Status403Forbidden, error, description);

    public static Task TooMany(HttpContext context, int retryAfterSeconds)
    {
        RetryAfter(context, retryAfterSeconds);
        return SendAsync(context, StatusCodes.Status429TooManyRequests, "too_many_requests", "Too many requests. Try again later.");
    }

    public static Task Unavailable(HttpContext context)
    {
        RetryAfter(context, SoonSeconds);
        return SendAsync(
            context,
            StatusCodes.Status503ServiceUnavailable,
            "temporarily_unavailable",
            "Nothing was stored or read just now. Trying again is safe.");
    }

    public static Task Internal(HttpContext context) => SendAsync(
        context,
        StatusCodes.Status500InternalServerError,
        "internal_error",
        $"This is a fault of the service. Its log tells more under {context.TraceIdentifier}.");

    private static Task Invalid(HttpContext context, IReadOnlyList<FieldError> errors) => JsonAnswer.SendAsync(
        context, StatusCodes.Status422UnprocessableEntity, errors, static (json, errors) =>
        {
            json.WriteStartObject();
            json.WriteStartObject("errors");
            foreach (IGrouping<string, FieldError> field in errors.GroupBy(e => e.Field, StringComparer.Ordinal))
            {
                json.WriteStartArray(field.Key);
                foreach (FieldError error in field)
                {
                    json.WriteStartObject();
                    json.WriteString("key", error.Key);
                    json.WriteString("description", error.Description);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });

    // RFC 6750 section 3.
    private static Task Challenge(HttpContext context, int status, string error, string description)
    {
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"CalendarActors\", error=\"{error}\"";
        return SendAsync(context, status, error, description);
    }

    private static void RetryAfter(HttpContext context, int seconds) => context.Response.Headers.RetryAfter = $"{seconds}";

    private static Task SendAsync(HttpContext context, int status, string error, string description) =>
        JsonAnswer.SendAsync(context, status, (error, description), static (json, text) =>
        {
            json.WriteStartObject();
            json.WriteString("error", text.error);
            json.WriteString("error_description", text.description);
            json.WriteEndObject();
        });
}

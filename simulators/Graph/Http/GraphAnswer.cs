using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>Writes Graph's answers.</summary>
internal static class GraphAnswer
{
    public static Task JsonAsync(HttpContext context, JsonNode body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString());
    }

    public static Task FailureAsync(HttpContext context, GraphFailure failure)
    {
        if (failure.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        if (failure.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (failure.Status == 401)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"";
        }

        return JsonAsync(context, Error(context, failure.Code, failure.Message), failure.Status);
    }

    public static JsonObject Error(HttpContext context, string code, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = message,
            ["innerError"] = new JsonObject
            {
                ["request-id"] = context.TraceIdentifier,
                ["client-request-id"] = context.TraceIdentifier,
            },
        },
    };

    /// <summary>The code that Graph gives with a status that a script asks for.</summary>
    public static string CodeOf(int status) => status switch
    {
        400 => "BadRequest",
        401 => "InvalidAuthenticationToken",
        403 => "ErrorAccessDenied",
        404 => "ErrorItemNotFound",
        409 => "ErrorIrresolvableConflict",
        410 => "SyncStateNotFound",
        412 => "ErrorIrresolvableConflict",
        429 => "ApplicationThrottled",
        502 => "BadGateway",
        503 => "serviceNotAvailable",
        504 => "UnknownError",
        _ => "ErrorInternalServerError",
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;
using CalendarActors.Domain.Grants;

namespace CalendarActors.Gateway.Authorization;

/// <summary>Answers of the OAuth endpoints: never stored by anybody (RFC 6749 5.1).</summary>
internal static class ProtocolResults
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IResult Json<T>(T body, int status) =>
        new NoStoreResult(Results.Json(body, Wire, "application/json; charset=utf-8", status), null);

    public static IResult Empty() => new NoStoreResult(Results.Empty, null);

    /// <summary>400, whatever the error: the SDKs read 401 as an expired access token.</summary>
    public static IResult Error(string error, string? description = null) =>
        Json(new ProtocolErrorWire(error, description), StatusCodes.Status400BadRequest);

    /// <summary>An error of a request that used Basic: a wrong client gets 401 and a challenge (RFC 6749 5.2).</summary>
    public static IResult Challenge(string error) => error == TokenErrors.InvalidClient
        ? new NoStoreResult(
            Results.Json(
                new ProtocolErrorWire(error, null),
                Wire,
                "application/json; charset=utf-8",
                StatusCodes.Status401Unauthorized),
            "Basic realm=\"CalendarActors\", charset=\"UTF-8\"")
        : Error(error);

    private sealed class NoStoreResult(IResult inner, string? challenge) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.Headers.Pragma = "no-cache";
            if (challenge is not null)
            {
                httpContext.Response.Headers.WWWAuthenticate = challenge;
            }

            return inner.ExecuteAsync(httpContext);
        }
    }
}

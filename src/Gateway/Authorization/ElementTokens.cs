using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace CalendarActors.Gateway.Authorization;

/// <summary>Reads the element tokens of browsers, and answers a browser's question whether a page may call us.</summary>
/// <remarks>
/// An element sends its token as <c>et</c> in the query, also with the question (Fetch standard, CORS-preflight). Only the
/// token's own origin is ever named in an answer; an access token gets no such answer at all.
/// </remarks>
internal sealed class ElementTokens(DerivedKeys keys, TimeProvider time)
{
    private const string Parameter = "et";
    private const string Bearer = "Bearer ";

    /// <summary>As long as a page may go on without asking again.</summary>
    private const string MaxAge = "600";

    /// <summary>What an element sends beside what every page may send.</summary>
    private const string Headers = "Cronofy-Element, Content-Type";

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The text that means to be an element token; null when there is none, or when another credential came.</summary>
    public static string? Shown(HttpRequest request) =>
        request.Query.TryGetValue(Parameter, out StringValues values) ? values.Count == 1 ? values[0] : "" : null;

    /// <summary>True for an element token where an access token belongs.</summary>
    public bool IsMisplaced(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && ElementToken.Open(keys, header[Bearer.Length..].Trim()) is not null;

    /// <summary>The token of a text; null for one that we did not make.</summary>
    public ElementToken? Open(string text) => ElementToken.Open(keys, text);

    /// <summary>True when the request comes from a page of the token's origin; the answer then says that it may be read.</summary>
    public static bool IsAtHome(HttpContext context, ElementToken token)
    {
        context.Response.Headers.Vary = HeaderNames.Origin;
        if (context.Request.Headers.Origin is not [{ } origin] || !string.Equals(origin, token.Origin, StringComparison.Ordinal))
        {
            return false;
        }

        context.Response.Headers.AccessControlAllowOrigin = token.Origin;
        return true;
    }

    /// <summary>Answers the question before a call: 204 with what the page may send, or 403.</summary>
    public Task PreflightAsync(HttpContext context, string method)
    {
        HttpResponse response = context.Response;
        response.StatusCode = StatusCodes.Status403Forbidden;
        if (Shown(context.Request) is { } text && Open(text) is { } token && Now < token.ExpiresAt
            && context.Request.Headers.AccessControlRequestMethod == method && IsAtHome(context, token))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            response.Headers.AccessControlAllowMethods = method;
            response.Headers.AccessControlAllowHeaders = Headers;
            response.Headers.AccessControlMaxAge = MaxAge;
        }

        return Task.CompletedTask;
    }
}

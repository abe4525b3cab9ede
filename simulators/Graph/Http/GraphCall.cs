using System.Text.Json;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>One authorized request to Graph.</summary>
/// <param name="Context">The request.</param>
/// <param name="Mailbox">Whose.</param>
/// <param name="Path">Segments of the path after the version and <c>me</c>.</param>
/// <param name="Graph">Address of Graph with the version, without a slash at its end.</param>
/// <param name="Now">When it came.</param>
/// <param name="Body">Its body as JSON; an empty object without one.</param>
internal sealed record GraphCall(HttpContext Context, Mailbox Mailbox, string[] Path, string Graph, DateTimeOffset Now, JsonObject Body)
{
    public Preferences Preferences { get; } = Preferences.Of(Context);

    public ODataQuery Query { get; } = new(Context.Request.Query);

    public string Method => Context.Request.Method;

    public string? IfMatch => Context.Request.Headers.IfMatch.Count > 0 ? Context.Request.Headers.IfMatch.ToString() : null;

    public static async Task<JsonObject> ReadBodyAsync(HttpContext context)
    {
        // The host has read the body already if there is one; without one it leaves the connection's own stream.
        if (!context.Request.Body.CanSeek || context.Request.Body.Length == 0)
        {
            return [];
        }

        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject
                ?? throw new GraphFailure(400, "BadRequest", "The body of the request is not a JSON object.");
        }
        catch (JsonException)
        {
            throw new GraphFailure(
                400,
                "BadRequest",
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
        }
    }
}

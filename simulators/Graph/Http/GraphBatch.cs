using System.Text.Json.Nodes;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>JSON batching: many requests in one, each answered by itself.</summary>
/// <remarks>
/// Microsoft Graph, "Combine multiple HTTP requests using JSON batching", checked 2026-11: at most 20, answers in any order,
/// the batch itself is 200 whatever became of its parts. A scripted fault of a part's class becomes that part's answer; one
/// that would break a connection is a part that the gateway had no answer for.
/// </remarks>
internal sealed class GraphBatch(FaultScript faults, Func<HttpContext, Task> answer)
{
    private const int PartsAtMost = 20;

    public async Task<JsonObject> AnswerAsync(HttpContext context, JsonObject body)
    {
        if (body["requests"] is not JsonArray parts || parts.Count == 0)
        {
            throw new GraphFailure(400, "BadRequest", "Invalid batch payload format.");
        }

        if (parts.Count > PartsAtMost)
        {
            throw new GraphFailure(400, "BadRequest", $"Number of batch request steps exceeds maximum value of {PartsAtMost}.");
        }

        HashSet<string> ids = new(StringComparer.Ordinal);
        List<JsonNode?> answers = [];
        foreach (JsonNode? part in parts)
        {
            if (part is not JsonObject request || (string?)request["id"] is not { Length: > 0 } id || !ids.Add(id))
            {
                throw new GraphFailure(400, "BadRequest", "Each request of a batch needs an id of its own.");
            }

            answers.Insert(0, await PartAsync(context, id, request));
        }

        return new JsonObject { ["responses"] = new JsonArray([.. answers]) };
    }

    private async Task<JsonObject> PartAsync(HttpContext whole, string id, JsonObject request)
    {
        if ((string?)request["url"] is not { } url || !url.StartsWith('/') || (string?)request["method"] is not { } method)
        {
            throw new GraphFailure(400, "BadRequest", "Each request of a batch needs a method and a relative url.");
        }

        DefaultHttpContext context = new() { RequestAborted = whole.RequestAborted, TraceIdentifier = $"{whole.TraceIdentifier}-{id}" };
        string[] address = url.Split('?', 2);
        context.Request.Method = method;
        context.Request.Path = "/v1.0" + Uri.UnescapeDataString(address[0]);
        context.Request.QueryString = new QueryString(address.Length > 1 ? "?" + address[1] : "");
        foreach ((string name, JsonNode? value) in request["headers"] as JsonObject ?? [])
        {
            context.Request.Headers[name] = (string?)value;
        }

        context.Request.Headers.Authorization = whole.Request.Headers.Authorization;
        if (request["body"] is { } body)
        {
            context.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));
        }

        using MemoryStream written = new();
        context.Response.Body = written;
        Fault fault = faults.Choose(RequestClasses.Of(context.Request));
        await (fault.Kind switch
        {
            FaultKind.None or FaultKind.Seam => answer(context),
            FaultKind.Status => FailAsync(context, fault.Status, fault),
            _ => FailAsync(context, 504, fault),
        });
        return new JsonObject
        {
            ["id"] = id,
            ["status"] = context.Response.StatusCode,
            ["headers"] = new JsonObject(context.Response.Headers.Select(h => KeyValuePair.Create(h.Key, (JsonNode?)h.Value.ToString()))),
            ["body"] = written.Length == 0 ? null : JsonNode.Parse(written.ToArray()),
        };
    }

    private static Task FailAsync(HttpContext context, int status, Fault fault) => GraphAnswer.FailureAsync(
        context,
        new GraphFailure(status, fault.Reason ?? GraphAnswer.CodeOf(status), "A fault was asked for.")
        {
            RetryAfter = fault.RetryAfter is { } wait ? (int)wait.TotalSeconds : null,
        });
}

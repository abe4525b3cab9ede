using System.Globalization;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>What holds of every answer of the endpoints that speak JSON: that it is documented, and as strict readers read.</summary>
internal static class ContractRules
{
    private static readonly string[] Roots = ["/v1/", "/oauth/token", "/operator/", "/.well-known/oauth-authorization-server"];

    /// <summary>True for an address whose answers are documented.</summary>
    public static bool Cover(string path) => Array.Exists(Roots, root => path.StartsWith(root, StringComparison.Ordinal));

    /// <summary>Everything about an answer that is not as documented.</summary>
    /// <param name="document">The document.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="path">Of the request, escaped.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="header">A header of the answer by its name; null when there is none.</param>
    /// <param name="body">Of the answer.</param>
    public static IEnumerable<string> Findings(
        ContractDocument document, string method, string path, int status, Func<string, string?> header, string body)
    {
        // A browser's question before a call is none of the API's calls.
        if (method == "OPTIONS")
        {
            return [];
        }

        // Whoever ends a path with a slash means the path without it.
        ContractOperation? operation = document.Find(method, path) ?? document.Find(method, path.TrimEnd('/'));
        if (operation is null)
        {
            return status is 404 or 405 ? [] : [$"answered {status}, but there is no such operation"];
        }

        return operation.Response(status) is { } response
            ? [.. Headers(document, response, header), .. Body(document, operation, status, header("Content-Type"), body)]
            : [$"answered {status}, which is not documented: {body}"];
    }

    private static IEnumerable<string> Headers(ContractDocument document, JsonElement response, Func<string, string?> header)
    {
        if (!response.TryGetProperty("headers", out JsonElement documented))
        {
            yield break;
        }

        foreach (JsonProperty one in documented.EnumerateObject())
        {
            string? text = header(one.Name);
            bool isInteger = document.Schemas.Resolve(one.Value).GetProperty("schema").GetProperty("type").GetString() is "integer";
            if (text is null && IsAlwaysThere(one.Value))
            {
                yield return $"has no {one.Name}";
            }
            else if (text is not null && isInteger && !int.TryParse(text, CultureInfo.InvariantCulture, out _))
            {
                yield return $"{one.Name} is no integer: {text}";
            }
        }
    }

    private static bool IsAlwaysThere(JsonElement header) => header.TryGetProperty("required", out JsonElement required) && required.GetBoolean();

    private static IEnumerable<string> Body(ContractDocument document, ContractOperation operation, int status, string? type, string body)
    {
        if (operation.Json(status) is not { } json)
        {
            return body.Length == 0 ? [] : [$"has a body where none is documented: {body}"];
        }

        // A write answers with a body only where it was asked for one.
        if (status == 202 && body.Length == 0)
        {
            return [];
        }

        if (type != "application/json; charset=utf-8")
        {
            return [$"is of type {type}"];
        }

        if (Read(body) is not { } value)
        {
            return [$"is no JSON: {body}"];
        }

        return document.Schemas.Findings(json.GetProperty("schema"), value)
            .Concat(operation.Path.StartsWith("/v1/", StringComparison.Ordinal) ? StrictReader.Findings(value) : []);
    }

    private static JsonElement? Read(string body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;

namespace CalendarActors.Gateway.Api;

/// <summary>Puts descriptions into the OpenAPI document.</summary>
internal static class ApiDocumentation
{
    private static readonly Dictionary<int, string> Failures = new()
    {
        [400] = "The request could not be read: broken JSON, or a body over 1 MiB.",
        [401] = "The access token is missing, unknown, expired or revoked.",
        [403] = "The person has not granted what this call needs.",
        [404] = "There is no such thing, or not for this access token.",
        [422] = "A field is wrong: {\"errors\": {field: [{key, description}]}}, with every fault at once.",
        [423] = "The profile's login does not work; the person must relink.",
        [429] = "Too many requests; Retry-After says when to come back.",
        [503] = "Nothing was stored or read just now; trying again is safe.",
    };

    public static IEndpointConventionBuilder Describe(this IEndpointConventionBuilder builder, ApiDescription description) =>
        builder
            .WithSummary(description.Summary)
            .WithDescription(description.Text)
            .WithTags(description.Tag)
            .AddOpenApiOperationTransformer((operation, context, _) =>
            {
                string path = context.Description.RelativePath ?? "";
                operation.Parameters = [.. PathParameters(path), .. description.Query.Select(QueryParameter)];
                operation.RequestBody = description.Body is { } body ? RequestBody(body) : null;
                operation.Responses = Responses(description);
                return Task.CompletedTask;
            });

    private static IEnumerable<IOpenApiParameter> PathParameters(string path) =>
        RoutePatternFactory.Parse(path).Parameters.Select(parameter => new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });

    private static OpenApiParameter QueryParameter(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Required = parameter.IsRequired,
        Description = parameter.Text,
        Schema = parameter.Type switch
        {
            "boolean" => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            "array" => new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            "date" or "date-time" => new OpenApiSchema { Type = JsonSchemaType.String, Format = parameter.Type },
            _ => new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };

    private static OpenApiRequestBody RequestBody(string example) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/json"] = Json(example),
            ["application/x-www-form-urlencoded"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
        },
    };

    private static OpenApiResponses Responses(ApiDescription description)
    {
        OpenApiResponses responses = new()
        {
            [Code(description.Status)] = new OpenApiResponse
            {
                Description = description.Status >= 400 ? "Not offered: the body says why, and what to do instead."
                    : description.Answer is null ? "Accepted; the body is empty." : "Done.",
                Content = description.Answer is null
                    ? null
                    : new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/json"] = Json(description.Answer),
                    },
            },
        };
        foreach (int status in description.Failures.Append(401).Append(429).Append(503).Order())
        {
            responses[Code(status)] = new OpenApiResponse { Description = Failures[status] };
        }

        return responses;
    }

    private static OpenApiMediaType Json(string example) => new()
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.Object },
        Example = JsonNode.Parse(example),
    };

    private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);
}

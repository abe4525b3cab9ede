using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Gateway.Authorization;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;

namespace CalendarActors.Gateway.Api;

/// <summary>Puts descriptions into the OpenAPI document.</summary>
internal static class ApiDocumentation
{
    /// <summary>Parts of a path hold a line of a request at most.</summary>
    private const int MaxPathPart = 4096;

    public static TBuilder Describe<TBuilder>(this TBuilder builder, ApiDescription description)
        where TBuilder : IEndpointConventionBuilder =>
        builder
            .WithSummary(description.Summary)
            .WithDescription(description.Text)
            .WithTags(description.Tag)
            .AddOpenApiOperationTransformer((operation, context, _) =>
            {
                string path = context.Description.RelativePath ?? "";
                OpenApiDocument document = context.Document!;
                operation.OperationId = OperationId(context.Description.HttpMethod ?? "", path);
                operation.Parameters = [.. PathParameters(path, document), .. description.Query.Select(p => QueryParameter(p, document))];
                operation.RequestBody = description.Body is { } body ? RequestBody(body, description.BodySchema, document) : null;
                operation.Responses = ApiResponses.Of(description, document);
                operation.Security = ApiSecurity.Of(
                    description.Access,
                    context.Description.ActionDescriptor.EndpointMetadata.OfType<ForElements>().Any(),
                    document);
                return Task.CompletedTask;
            });

    /// <summary>JSON with an example; without a schema, the example's members are it.</summary>
    public static OpenApiMediaType Json(string example, ApiSchema? schema, OpenApiDocument document)
    {
        JsonNode? parsed = JsonNode.Parse(example);
        return new OpenApiMediaType { Schema = (schema ?? ApiSchema.Like(parsed)).In(document), Example = parsed };
    }

    /// <summary>The method and the path as one word: what a path has of its own stays when others come and go.</summary>
    private static string OperationId(string method, string path)
    {
        IEnumerable<string> words = path.Split(['/', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(word => word is "v1")
            .Select(word => word.StartsWith('{') ? "By" + Capital(word.Trim('{', '}')) : Capital(word.Trim('{', '}')));
        return method.ToLowerInvariant() + string.Concat(words);
    }

    private static string Capital(string word) => string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(word[0])}{word[1..]}");

    private static IEnumerable<IOpenApiParameter> PathParameters(string path, OpenApiDocument document) =>
        RoutePatternFactory.Parse(path).Parameters.Select(parameter => new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Path,
            Required = true,
            Description = $"The {parameter.Name.Replace('_', ' ')}, as another answer told it.",
            Schema = ApiSchema.Text(MaxPathPart).In(document),
        });

    private static OpenApiParameter QueryParameter(ApiParameter parameter, OpenApiDocument document) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Required = parameter.IsRequired,
        Description = parameter.Text,
        Schema = parameter.Schema.In(document),
    };

    private static OpenApiRequestBody RequestBody(string example, ApiSchema? schema, OpenApiDocument document)
    {
        OpenApiMediaType json = Json(example, schema, document);
        return new()
        {
            Description = "JSON or a form, told apart by Content-Type. Members that are not listed are ignored.",
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = json,
                ["application/x-www-form-urlencoded"] = new OpenApiMediaType { Schema = json.Schema },
            },
        };
    }
}

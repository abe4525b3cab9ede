using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Api;

/// <summary>Every answer that a call may get, as the OpenAPI document lists them.</summary>
internal static class ApiResponses
{
    private static readonly Dictionary<int, string> Successes = new()
    {
        [200] = "Done.",
        [201] = "Made.",
        [202] = "Accepted: it is stored, and done soon.",
        [204] = "Done.",
        [207] = "Each entry has an answer of its own, in the order of the entries.",
    };

    private static readonly Dictionary<int, string> Failures = new()
    {
        [400] = "The request could not be read: broken JSON, or a body over its limit.",
        [401] = "The token, key or secret is missing, unknown, expired or revoked.",
        [403] = "The person has not granted what this call needs.",
        [404] = "There is no such thing, or not for this caller.",
        [409] = "It contradicts what is there.",
        [422] = "Fields are wrong: every fault of every field at once.",
        [423] = "The profile's login does not work; the person must relink.",
        [429] = "Too many requests; Retry-After says when to come back.",
        [500] = "A fault of ours.",
        [503] = "Nothing was stored or read just now; trying again is safe.",
    };

    /// <summary>RFC 6749 5.2 and, in its words, everything else that is refused.</summary>
    public static ApiSchema Error { get; } = ApiSchema.Object(
        "Error",
        "Why a request was refused.",
        Must("error", ApiSchema.Formatted(null, 64, "^[a-z_]+$"), "A word for programs."),
        May("error_description", ApiSchema.Text(1024), "A sentence for people."));

    private static readonly ApiSchema OperatorError = ApiSchema.Object(
        "OperatorError",
        "Why a request of the operator was refused.",
        Must("error", ApiSchema.Formatted(null, 64, "^[a-z_]+$"), "A word for programs."),
        May("error_description", ApiSchema.Text(1024), "A sentence for people."),
        May("problems", ApiSchema.List(ApiSchema.Text(1024), 100), "Everything that is wrong."));

    private static readonly ApiSchema FieldFault = ApiSchema.Object(
        "FieldFault",
        "One fault of one field.",
        Must("key", ApiSchema.Formatted(null, 128, @"^errors\.[a-z_.]+$"), "A word for programs."),
        Must("description", ApiSchema.Text(1024), "A sentence for people."));

    /// <summary>A 422.</summary>
    public static ApiSchema FieldErrors { get; } = ApiSchema.Object(
        "FieldErrors",
        "What is wrong with which field; a field within another is named by its path.",
        Must("errors", ApiSchema.Map(ApiSchema.List(FieldFault, 1000), 1000)));

    public static OpenApiResponses Of(ApiDescription description, OpenApiDocument document)
    {
        OpenApiResponses responses = [];
        if (description.Status < 400)
        {
            responses[Code(description.Status)] = Success(description, document);
        }

        IEnumerable<int> failures = description.Failures.Append(description.Status).Concat(AlwaysPossible(description.Access));
        foreach (int status in failures.Where(status => status >= 400).Distinct().Order())
        {
            ApiSchema schema = description.FailureSchemas.GetValueOrDefault(status) ?? SchemaOf(status, description.Access);
            responses[Code(status)] = Failure(status, description.Access, schema, document);
        }

        return responses;
    }

    private static int[] AlwaysPossible(ApiAccess access) => access switch
    {
        ApiAccess.Credentials => [400, 401, 429, 500, 503],
        ApiAccess.Anyone => [500],

        // 403 to an element: its token opens some calls only.
        ApiAccess.AccessToken => [400, 401, 403, 429, 500, 503],
        _ => [400, 401, 429, 500, 503],
    };

    private static OpenApiResponse Success(ApiDescription description, OpenApiDocument document) => new()
    {
        Description = Successes.GetValueOrDefault(description.Status, ReasonPhrases.GetReasonPhrase(description.Status))
            + (description.AskedAnswerSchema is not null ? " The body is empty unless the request asks for more."
                : description.Answer is null ? " The body is empty." : ""),
        Headers = IsOfTheApi(description.Access) ? Headers(RequestId) : null,
        Content = description switch
        {
            { AskedAnswerSchema: { } asked } => Content(new OpenApiMediaType { Schema = asked.In(document) }),
            { Answer: { } answer } => Content(ApiDocumentation.Json(answer, description.AnswerSchema, document)),
            _ => null,
        },
    };

    private static OpenApiResponse Failure(int status, ApiAccess access, ApiSchema schema, OpenApiDocument document)
    {
        OpenApiResponse response = new()
        {
            Description = Failures.GetValueOrDefault(status, ReasonPhrases.GetReasonPhrase(status)),
            Headers = IsOfTheApi(access) ? Headers(RequestId) : new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal),
            Content = Content(new OpenApiMediaType { Schema = schema.In(document) }),
        };
        if (status is 429 or 503)
        {
            response.Headers["Retry-After"] = Header("Seconds to wait.", ApiSchema.Integer(1, 86400), true);
        }

        if (status == 401 || (status == 403 && IsOfTheApi(access)))
        {
            // 403 is a challenge only where another scope would help.
            response.Headers["WWW-Authenticate"] = Header("The challenge (RFC 6750 3).", ApiSchema.Text(1024), status == 401);
        }

        return response;

        OpenApiHeader Header(string text, ApiSchema schema, bool isRequired) =>
            new() { Description = text, Schema = schema.In(document), Required = isRequired };
    }

    private static ApiSchema SchemaOf(int status, ApiAccess access) =>
        access is ApiAccess.OperatorKey ? OperatorError : status is 422 ? FieldErrors : Error;

    private static bool IsOfTheApi(ApiAccess access) => access is ApiAccess.AccessToken or ApiAccess.ClientSecret;

    private static OpenApiHeader RequestId => new()
    {
        Description = "Finds this answer in the log of the service.",
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 128 },
    };

    private static Dictionary<string, IOpenApiHeader> Headers(OpenApiHeader requestId) =>
        new(StringComparer.Ordinal) { ["X-Request-Id"] = requestId };

    private static Dictionary<string, OpenApiMediaType> Content(OpenApiMediaType json) =>
        new(StringComparer.Ordinal) { ["application/json"] = json };

    private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);
}

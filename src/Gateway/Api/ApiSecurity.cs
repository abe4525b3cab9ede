using Microsoft.OpenApi;

namespace CalendarActors.Gateway.Api;

/// <summary>What the OpenAPI document says of tokens and keys.</summary>
internal static class ApiSecurity
{
    private const string AccessToken = "accessToken";
    private const string ClientSecret = "clientSecret";
    private const string OperatorKey = "operatorKey";
    private const string ElementToken = "elementToken";
    private const string ClientBasic = "clientBasic";

    public static Dictionary<string, IOpenApiSecurityScheme> Schemes => new(StringComparer.Ordinal)
    {
        [AccessToken] = Bearer("An access token from /oauth/token (RFC 6750). It is opaque, and lives for an hour."),
        [ClientSecret] = Bearer("A client secret of the application, where the application itself is asked for and no person."),
        [OperatorKey] = Bearer("The operator key of this installation."),
        [ElementToken] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Query,
            Name = "et",
            Description = "A token from /v1/element_tokens, from pages of its origin only.",
        },
        [ClientBasic] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "Client id and secret (RFC 6749 2.3.1), instead of client_id and client_secret in the body.",
        },
    };

    /// <summary>The alternatives; an empty one means that none is needed.</summary>
    public static List<OpenApiSecurityRequirement> Of(ApiAccess access, bool isForElements, OpenApiDocument document) => access switch
    {
        ApiAccess.AccessToken when isForElements => [Needing(AccessToken, document), Needing(ElementToken, document)],
        ApiAccess.AccessToken => [Needing(AccessToken, document)],
        ApiAccess.ClientSecret => [Needing(ClientSecret, document)],
        ApiAccess.TokenOrSecret when isForElements =>
            [Needing(AccessToken, document), Needing(ClientSecret, document), Needing(ElementToken, document)],
        ApiAccess.TokenOrSecret => [Needing(AccessToken, document), Needing(ClientSecret, document)],
        ApiAccess.OperatorKey => [Needing(OperatorKey, document)],
        ApiAccess.Credentials => [Needing(ClientBasic, document), []],
        _ => [[]],
    };

    private static OpenApiSecurityScheme Bearer(string text) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = text };

    private static OpenApiSecurityRequirement Needing(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}

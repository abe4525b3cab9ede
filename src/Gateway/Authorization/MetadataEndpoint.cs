using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Api;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Authorization;

/// <summary>What this authorization server can do (RFC 8414): nothing that is not true.</summary>
internal static class MetadataEndpoint
{
    private static readonly string[] ResponseTypes = ["code"];
    private static readonly string[] ResponseModes = ["query"];
    private static readonly string[] GrantTypes = ["authorization_code", "refresh_token"];
    private static readonly string[] AuthenticationMethods = ["client_secret_post", "client_secret_basic"];
    private static readonly string[] ChallengeMethods = [Pkce.Method];

    public static void MapMetadataEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/.well-known/oauth-authorization-server", Tell)
            .Describe(TokenDescription.Metadata);

    private static IResult Tell(IOptions<PublicUrlOptions> publicUrl)
    {
        string issuer = publicUrl.Value.Base;
        return Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = issuer + "/oauth/authorize",
            ["token_endpoint"] = issuer + TokenEndpoints.TokenPath,
            ["revocation_endpoint"] = issuer + TokenEndpoints.RevokePath,
            ["scopes_supported"] = Scopes.Known.Order(StringComparer.Ordinal).ToArray(),
            ["response_types_supported"] = ResponseTypes,
            ["response_modes_supported"] = ResponseModes,
            ["grant_types_supported"] = GrantTypes,
            ["token_endpoint_auth_methods_supported"] = AuthenticationMethods,
            ["revocation_endpoint_auth_methods_supported"] = AuthenticationMethods,
            ["code_challenge_methods_supported"] = ChallengeMethods,
            ["authorization_response_iss_parameter_supported"] = true,
            ["service_documentation"] = issuer + "/docs",
        });
    }
}

using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Http;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary>The sign-in service, for any tenant segment.</summary>
internal sealed class SignInFront(World world, Func<Uri> authority)
{
    private readonly AuthorizeEndpoint _authorize = new(world);
    private readonly TokenEndpoint _token = new(world);

    public Task AnswerAsync(HttpContext context)
    {
        string[] path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path[^1] switch
        {
            "authorize" => _authorize.AnswerAsync(context, path[0]),
            "token" => _token.AnswerAsync(context, path[0]),
            _ => GraphAnswer.JsonAsync(context, Configuration(path[0])),
        };
    }

    private JsonObject Configuration(string tenant)
    {
        string address = $"{authority()}{tenant}";
        return new()
        {
            ["issuer"] = $"{address}/v2.0",
            ["authorization_endpoint"] = $"{address}/oauth2/v2.0/authorize",
            ["token_endpoint"] = $"{address}/oauth2/v2.0/token",
            ["jwks_uri"] = $"{address}/discovery/v2.0/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["scopes_supported"] = new JsonArray("openid", "profile", "email", "offline_access"),
            ["tenant_region_scope"] = null,
        };
    }
}

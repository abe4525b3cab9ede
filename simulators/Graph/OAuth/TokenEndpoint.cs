using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary><c>POST /{tenant}/oauth2/v2.0/token</c>.</summary>
internal sealed class TokenEndpoint(World world)
{
    private static readonly string[] OpenIdScopes = ["openid", "profile", "offline_access", "email"];

    public async Task AnswerAsync(HttpContext context, string tenant)
    {
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        JsonObject answer;
        try
        {
            lock (world.Gate)
            {
                answer = Answer(form, tenant);
            }
        }
        catch (TokenFailure failure)
        {
            await FailAsync(context, failure);
            return;
        }

        context.Response.Headers.CacheControl = "no-store, no-cache";
        await GraphAnswer.JsonAsync(context, answer);
    }

    public static Task FailAsync(HttpContext context, TokenFailure failure, int status = 400)
    {
        var body = new JsonObject
        {
            ["error"] = failure.Error,
            ["error_description"] = $"AADSTS{failure.Number}: {failure.Message} Trace ID: {context.TraceIdentifier}",
            ["error_codes"] = new JsonArray(failure.Number),
            ["trace_id"] = context.TraceIdentifier,
            ["correlation_id"] = context.TraceIdentifier,
        };
        if (failure.SubError is { } sub)
        {
            body["suberror"] = sub;
        }

        return GraphAnswer.JsonAsync(context, body, status);
    }

    private JsonObject Answer(IFormCollection form, string tenant)
    {
        string clientId = form["client_id"].ToString();
        if (clientId.Length == 0)
        {
            throw new TokenFailure("invalid_request", 900144, "The request body must contain the following parameter: 'client_id'.");
        }

        string? nonce = null;
        Grant grant;
        switch (form["grant_type"].ToString())
        {
            case "authorization_code":
                PendingCode code = world.Tokens.Redeem(
                    form["code"].ToString(),
                    clientId,
                    form["redirect_uri"].ToString(),
                    form.TryGetValue("code_verifier", out var verifier) ? verifier.ToString() : null);
                grant = code.Grant;
                nonce = code.Nonce;
                break;
            case "refresh_token":
                if (world.InteractionRequired)
                {
                    throw new TokenFailure(
                        "interaction_required",
                        50076,
                        "Due to a configuration change made by your administrator, or because you moved to a new location, you "
                        + "must use multi-factor authentication.")
                    {
                        SubError = "basic_action",
                    };
                }

                grant = world.Tokens.Refresh(form["refresh_token"].ToString(), clientId);
                break;
            default:
                throw new TokenFailure("unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }

        RefuseOtherTenant(grant.User, tenant);
        return Shape(grant, nonce, form["client_info"] == "1");
    }

    private static void RefuseOtherTenant(GraphUser user, string tenant)
    {
        if (!Tenants.Admits(tenant, user))
        {
            throw new TokenFailure(
                "invalid_grant",
                50020,
                $"User account '{user.Email}' from identity provider does not exist in tenant '{tenant}' and cannot access the application.");
        }
    }

    private JsonObject Shape(Grant grant, string? nonce, bool clientInfo)
    {
        var (access, refresh) = world.Tokens.Issue(grant);
        int seconds = (int)world.Options.AccessTokenLife.TotalSeconds;
        var answer = new JsonObject
        {
            ["token_type"] = "Bearer",
            ["scope"] = string.Join(' ', grant.Scopes.Where(static scope => scope != "offline_access")),
            ["expires_in"] = seconds,
            ["ext_expires_in"] = seconds,
            ["access_token"] = access,
        };
        if (grant.Scopes.Contains("offline_access", StringComparer.Ordinal))
        {
            answer["refresh_token"] = refresh;
        }

        if (grant.Scopes.Any(scope => scope != "offline_access" && OpenIdScopes.Contains(scope, StringComparer.Ordinal)))
        {
            answer["id_token"] = IdToken(grant, nonce, seconds);
        }

        if (clientInfo)
        {
            answer["client_info"] = Encode(new JsonObject { ["uid"] = grant.User.Id, ["utid"] = grant.User.TenantId });
        }

        return answer;
    }

    // The signature is not one: clients of the code flow have the token from the server itself and do not check it.
    private string IdToken(Grant grant, string? nonce, int seconds)
    {
        long now = world.Options.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["aud"] = grant.ClientId,
            ["iss"] = $"https://login.microsoftonline.com/{grant.User.TenantId}/v2.0",
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + seconds,
            ["name"] = grant.User.DisplayName,
            ["oid"] = grant.User.Id,
            ["preferred_username"] = grant.User.Email,
            ["email"] = grant.User.Email,
            ["sub"] = grant.User.Id,
            ["tid"] = grant.User.TenantId,
            ["ver"] = "2.0",
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return $"{Encode(new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = "simulated" })}.{Encode(claims)}.c2ltdWxhdGVk";
    }

    private static string Encode(JsonObject content) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(content.ToJsonString()));
}

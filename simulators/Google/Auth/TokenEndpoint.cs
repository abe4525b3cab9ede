using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Wire;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Google.Auth;

/// <summary>Tokens for codes and refresh tokens, and their end (Google: "Using OAuth 2.0 for Web Server Applications", checked 2026-11).</summary>
internal sealed class TokenEndpoint(GoogleState state)
{
    public GoogleReply Token(HttpContext context, IFormCollection form)
    {
        if (Authenticate(context.Request, form) is { } refusal)
        {
            return refusal;
        }

        return form["grant_type"].FirstOrDefault() switch
        {
            "authorization_code" => FromCode(context, form),
            "refresh_token" => FromRefreshToken(context, form),
            null or "" => Refuse(400, "invalid_request", "Missing required parameter: grant_type"),
            var other => Refuse(400, "unsupported_grant_type", $"Invalid grant_type: {other}"),
        };
    }

    public GoogleReply Revoke(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return Refuse(400, "invalid_request", "Missing required parameter: token");
        }

        return state.Grants.RevokeByToken(token)
            ? GoogleReply.Ok(new JsonObject())
            : Refuse(400, "invalid_token", "Token expired or revoked");
    }

    private GoogleReply? Authenticate(HttpRequest request, IFormCollection form)
    {
        string? id = form["client_id"].FirstOrDefault(), secret = form["client_secret"].FirstOrDefault();
        if (request.Headers.Authorization.FirstOrDefault() is { } header && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
            string[] pair = DecodeBasic(header["Basic ".Length..]).Split(':', 2);
            id = Uri.UnescapeDataString(pair[0]);
            secret = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : null;
        }

        return id != state.Options.ClientId
            ? Refuse(401, "invalid_client", "The OAuth client was not found.")
            : secret != state.Options.ClientSecret ? Refuse(401, "invalid_client", "Unauthorized") : null;
    }

    private static string DecodeBasic(string text)
    {
        Span<byte> bytes = stackalloc byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? Encoding.UTF8.GetString(bytes[..length]) : "";
    }

    private GoogleReply FromCode(HttpContext context, IFormCollection form)
    {
        if (form["code"].FirstOrDefault() is not { Length: > 0 } text)
        {
            return Refuse(400, "invalid_request", "Missing required parameter: code");
        }

        if (state.Grants.Take(text) is not { } code)
        {
            return Refuse(400, "invalid_grant", "Malformed auth code.");
        }

        if (form["redirect_uri"] != code.RedirectUri)
        {
            return Refuse(400, "redirect_uri_mismatch", "Bad Request");
        }

        string? verifier = form["code_verifier"].FirstOrDefault();
        if (code.Challenge is not null && string.IsNullOrEmpty(verifier))
        {
            return Refuse(400, "invalid_grant", "Missing code verifier.");
        }

        if (code.Challenge is { } challenge && challenge != Challenge(verifier!, code.ChallengeMethod))
        {
            return Refuse(400, "invalid_grant", "Invalid code verifier.");
        }

        JsonObject answer = Access(context, code.Email, code.Scopes);
        if (code.GivesRefreshToken)
        {
            answer["refresh_token"] = state.Grants.IssueRefresh(code.Email, code.Scopes);
        }

        return GoogleReply.Ok(answer);
    }

    // Google's refresh tokens do not rotate: the answer has none.
    private GoogleReply FromRefreshToken(HttpContext context, IFormCollection form)
    {
        if (form["refresh_token"].FirstOrDefault() is not { Length: > 0 } token)
        {
            return Refuse(400, "invalid_request", "Missing required parameter: refresh_token");
        }

        return state.Grants.FindRefresh(token) is { } found
            ? GoogleReply.Ok(Access(context, found.Email, found.Scopes))
            : Refuse(400, "invalid_grant", "Token has been expired or revoked.");
    }

    private JsonObject Access(HttpContext context, string email, IReadOnlySet<string> scopes)
    {
        IReadOnlySet<string> granted = SimulatorHost.Hits(context, GoogleSeams.ReduceScopes)
            ? scopes.Where(GoogleScopes.IsIdentity).ToHashSet(StringComparer.Ordinal)
            : scopes;
        TimeSpan? life = SimulatorHost.Hits(context, GoogleSeams.TokenBornExpired) ? TimeSpan.Zero : null;
        AccessToken token = state.Grants.IssueAccess(email, granted, life);
        var answer = new JsonObject
        {
            ["access_token"] = token.Text,
            ["expires_in"] = (int)state.Options.AccessTokenLife.TotalSeconds,
            ["scope"] = string.Join(' ', granted),
            ["token_type"] = "Bearer",
        };
        if (granted.Contains("openid"))
        {
            answer["id_token"] = IdToken(state.User(email));
        }

        return answer;
    }

    // Signed with the client's secret: the simulator publishes no keys, and the product has the token from the issuer itself.
    private string IdToken(GoogleUser user)
    {
        long now = state.Now.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "https://accounts.google.com",
            ["azp"] = state.Options.ClientId,
            ["aud"] = state.Options.ClientId,
            ["sub"] = user.Sub,
            ["email"] = user.Email,
            ["email_verified"] = true,
            ["name"] = user.Name,
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
        string signed = $"{Part("""{"alg":"HS256","typ":"JWT"}""")}.{Part(claims.ToJsonString())}";
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(state.Options.ClientSecret), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Challenge(string verifier, string? method) => method == "S256"
        ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
        : verifier;

    private static GoogleReply Refuse(int status, string error, string description) =>
        new(status) { Json = ErrorJson.OfToken(error, description) };
}

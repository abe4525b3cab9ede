using System.Security.Cryptography;
using System.Text;
using CalendarActors.Simulators.Graph.Events;
using Microsoft.AspNetCore.WebUtilities;

namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary>Codes and tokens given out. Guarded by the simulator's lock.</summary>
internal sealed class Tokens(Ids ids, GraphSimulatorOptions options)
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, PendingCode> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Grant Grant, DateTimeOffset Expires)> _access = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Grant Grant, DateTimeOffset Expires)> _refresh = new(StringComparer.Ordinal);

    private DateTimeOffset Now => options.Time.GetUtcNow();

    public string IssueCode(Grant grant, string redirectUri, string? challenge, string? nonce)
    {
        string code = "0.A" + ids.Text(60);
        _codes[code] = new(grant, redirectUri, challenge, nonce, Now + CodeLife);
        return code;
    }

    /// <summary>The code's grant, once.</summary>
    public PendingCode Redeem(string code, string clientId, string redirectUri, string? verifier)
    {
        if (!_codes.Remove(code, out PendingCode? pending))
        {
            throw new TokenFailure("invalid_grant", 9002313, "The authorization code is malformed, or was redeemed already.");
        }

        if (pending.Expires <= Now)
        {
            throw new TokenFailure("invalid_grant", 70008, "The provided authorization code or refresh token has expired due to inactivity.");
        }

        if (pending.Grant.ClientId != clientId || pending.RedirectUri != redirectUri)
        {
            throw new TokenFailure("invalid_grant", 500112, "The reply address does not match the reply address provided when requesting the authorization code.");
        }

        string? proof = verifier is null ? null : WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return proof == pending.Challenge
            ? pending
            : throw new TokenFailure("invalid_grant", 501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
    }

    public (string Access, string Refresh) Issue(Grant grant)
    {
        string access = "EwB." + ids.Text(80);
        string refresh = "0.R" + ids.Text(80);
        _access[access] = (grant, Now + options.AccessTokenLife);
        _refresh[refresh] = (grant, Now + options.RefreshTokenLife);
        return (access, refresh);
    }

    /// <summary>The grant of a refresh token, which from then on may be worthless.</summary>
    public Grant Refresh(string token, string clientId)
    {
        if (!_refresh.TryGetValue(token, out var known))
        {
            throw new TokenFailure(
                "invalid_grant",
                50173,
                "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have "
                + "changed or reset their password.")
            {
                SubError = "bad_token",
            };
        }

        if (known.Expires <= Now)
        {
            throw new TokenFailure("invalid_grant", 700082, "The refresh token has expired due to inactivity.") { SubError = "bad_token" };
        }

        if (known.Grant.ClientId != clientId)
        {
            throw new TokenFailure("invalid_grant", 700026, "The refresh token was issued to another client.");
        }

        if (options.RefreshTokensWorkOnce)
        {
            _refresh.Remove(token);
        }

        return known.Grant;
    }

    /// <summary>Whose access token this is; null when it is unknown or has expired.</summary>
    public Grant? Find(string access) => _access.TryGetValue(access, out var known) && known.Expires > Now ? known.Grant : null;

    public void Limit(string userId, string[] scopes)
    {
        foreach (var tokens in new[] { _access, _refresh })
        {
            foreach (var (token, (grant, expires)) in tokens.Where(pair => pair.Value.Grant.User.Id == userId).ToArray())
            {
                tokens[token] = (grant with { Scopes = scopes }, expires);
            }
        }
    }

    public void ExpireAccess(string? userId)
    {
        foreach (string token in _access.Where(pair => userId is null || pair.Value.Grant.User.Id == userId).Select(static pair => pair.Key).ToArray())
        {
            _access.Remove(token);
        }
    }

    public void Revoke(string userId)
    {
        foreach (var tokens in new[] { _access, _refresh })
        {
            foreach (string token in tokens.Where(pair => pair.Value.Grant.User.Id == userId).Select(static pair => pair.Key).ToArray())
            {
                tokens.Remove(token);
            }
        }
    }
}

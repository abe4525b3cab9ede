namespace CalendarActors.Simulators.Google.Auth;

/// <summary>Codes, tokens and what users allowed. There is one client.</summary>
internal sealed class Grants(GoogleState state)
{
    // "There is currently a limit of 100 refresh tokens per Google Account per OAuth client ID" (Google: "Using OAuth 2.0").
    private const int LiveRefreshTokensAtMost = 100;

    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessToken> _access = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Grant> _grants = new(StringComparer.OrdinalIgnoreCase);

    public bool IsGranted(string email) => _grants.ContainsKey(email);

    /// <summary>The user pressed Allow.</summary>
    public AuthorizationCode Allow(
        string email, IReadOnlySet<string> scopes, string redirectUri, string? challenge, string? challengeMethod, bool isOffline, bool isConsentForced, bool includesGranted)
    {
        bool isFirst = !_grants.TryGetValue(email, out Grant? grant);
        if (grant is null)
        {
            _grants[email] = grant = new Grant();
        }

        var given = new HashSet<string>(scopes, StringComparer.Ordinal);
        if (includesGranted)
        {
            given.UnionWith(grant.Scopes);
        }

        grant.Scopes.UnionWith(scopes);
        var code = new AuthorizationCode(
            "4/0A" + state.Ids.Token(), email, given, redirectUri, challenge, challengeMethod,
            isOffline && (isFirst || isConsentForced), state.Now + CodeLife);
        _codes[code.Text] = code;
        return code;
    }

    /// <summary>The code, which works once; null when it is unknown, used or old.</summary>
    public AuthorizationCode? Take(string text) =>
        _codes.Remove(text, out AuthorizationCode? code) && code.Expires > state.Now ? code : null;

    public AccessToken IssueAccess(string email, IReadOnlySet<string> scopes, TimeSpan? life = null)
    {
        var token = new AccessToken(
            "ya29.a0" + state.Ids.Token(), email, scopes, state.Now + (life ?? state.Options.AccessTokenLife));
        _access[token.Text] = token;
        return token;
    }

    public string IssueRefresh(string email, IReadOnlySet<string> scopes)
    {
        if (!_grants.TryGetValue(email, out Grant? grant))
        {
            _grants[email] = grant = new Grant();
        }

        grant.Scopes.UnionWith(scopes);
        string token = "1//0" + state.Ids.Token();
        grant.RefreshTokens.Add((token, scopes, state.Now));
        if (grant.RefreshTokens.Count > LiveRefreshTokensAtMost)
        {
            grant.RefreshTokens.RemoveAt(0);
        }

        return token;
    }

    /// <summary>Whose refresh token it is; null when it is dead.</summary>
    public (string Email, IReadOnlySet<string> Scopes)? FindRefresh(string token)
    {
        foreach (var (email, grant) in _grants)
        {
            foreach (var (text, scopes, issued) in grant.RefreshTokens)
            {
                if (text == token)
                {
                    bool isOld = state.Options.RefreshTokenLife is { } life && issued + life <= state.Now;
                    return isOld ? null : (email, scopes);
                }
            }
        }

        return null;
    }

    /// <summary>The live access token of this text; null when it is unknown or expired.</summary>
    public AccessToken? FindAccess(string? text) =>
        text is not null && _access.TryGetValue(text, out AccessToken? token) && token.Expires > state.Now ? token : null;

    /// <summary>Whose token it is, live or not; for counting requests.</summary>
    public string? Owner(string? text) =>
        text is not null && _access.TryGetValue(text, out AccessToken? token) ? token.Email : null;

    /// <summary>A token of either kind ends the user's whole grant; false when there is no such token.</summary>
    public bool RevokeByToken(string token)
    {
        string? email = FindRefresh(token)?.Email ?? FindAccess(token)?.Email;
        if (email is null)
        {
            return false;
        }

        Revoke(email);
        return true;
    }

    public void Revoke(string email)
    {
        _grants.Remove(email);
        foreach (string token in _access.Values.Where(token => Same(token.Email, email)).Select(token => token.Text).ToList())
        {
            _access.Remove(token);
        }

        foreach (string code in _codes.Values.Where(code => Same(code.Email, email)).Select(code => code.Text).ToList())
        {
            _codes.Remove(code);
        }

        state.Channels.StopAllOf(email);
    }

    public void RevokeAll()
    {
        foreach (string email in _grants.Keys.ToList())
        {
            Revoke(email);
        }
    }

    /// <summary>Ends access tokens, of one user or of all; refresh tokens go on.</summary>
    public void ExpireAccess(string? email = null)
    {
        foreach (AccessToken token in _access.Values.Where(token => email is null || Same(token.Email, email)).ToList())
        {
            _access[token.Text] = token with { Expires = state.Now };
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

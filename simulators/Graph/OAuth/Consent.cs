using Microsoft.AspNetCore.WebUtilities;

namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary>Consent without the page.</summary>
internal static class Consent
{
    public static Uri Accept(Tokens tokens, Uri authorizeUrl, GraphUser user, string[]? scopes)
    {
        var asked = QueryHelpers.ParseQuery(authorizeUrl.Query);
        string[] granted = scopes is { Length: > 0 } ? scopes : asked["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string redirect = asked["redirect_uri"].ToString();
        string? challenge = asked.TryGetValue("code_challenge", out var sent) ? sent.ToString() : null;
        string? nonce = asked.TryGetValue("nonce", out var once) ? once.ToString() : null;
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["code"] = tokens.IssueCode(new(user, asked["client_id"].ToString(), granted), redirect, challenge, nonce),
        };
        if (asked.TryGetValue("state", out var state))
        {
            query["state"] = state.ToString();
        }

        return new(QueryHelpers.AddQueryString(redirect, query));
    }
}

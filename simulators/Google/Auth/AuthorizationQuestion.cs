using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Google.Auth;

/// <summary>What a client asks a user, as it stands in the address of the consent page.</summary>
internal sealed record AuthorizationQuestion
{
    public required string RedirectUri { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public string? State { get; init; }

    public string? Challenge { get; init; }

    public string? ChallengeMethod { get; init; }

    public bool IsOffline { get; init; }

    public bool IsConsentForced { get; init; }

    public bool IncludesGranted { get; init; }

    public string? LoginHint { get; init; }

    public string? Prompt { get; init; }

    /// <summary>Reads it, or says what is wrong with it as Google's error page does.</summary>
    public static (AuthorizationQuestion? Question, string? Error) Read(IQueryCollection query, GoogleSimulatorOptions options)
    {
        string? redirect = query["redirect_uri"].FirstOrDefault(), scope = query["scope"].FirstOrDefault();
        string? method = query["code_challenge_method"].FirstOrDefault();
        string[] scopes = (scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? error = query["client_id"].FirstOrDefault() != options.ClientId
            ? "Error 401: invalid_client. The OAuth client was not found."
            : redirect is null || !Uri.TryCreate(redirect, UriKind.Absolute, out _)
                ? "Error 400: invalid_request. Missing required parameter: redirect_uri"
                : options.RedirectUris.Count > 0 && !options.RedirectUris.Contains(redirect, StringComparer.Ordinal)
                    ? $"Error 400: redirect_uri_mismatch. {redirect} is not registered."
                    : query["response_type"] != "code"
                        ? "Error 400: invalid_request. Required parameter is missing: response_type"
                        : scopes.Length == 0
                            ? "Error 400: invalid_request. Missing required parameter: scope"
                            : Array.Find(scopes, one => !GoogleScopes.IsKnown(one)) is { } unknown
                                ? $"Error 400: invalid_scope. Some requested scopes were invalid: {unknown}"
                                : method is not (null or "S256" or "plain")
                                    ? "Error 400: invalid_request. Invalid parameter value for code_challenge_method."
                                    : null;
        return error is not null
            ? (null, error)
            : (new AuthorizationQuestion
            {
                RedirectUri = redirect!,
                Scopes = scopes,
                State = query["state"].FirstOrDefault(),
                Challenge = query["code_challenge"].FirstOrDefault(),
                ChallengeMethod = method,
                IsOffline = query["access_type"] == "offline",
                IsConsentForced = (query["prompt"].FirstOrDefault() ?? "").Split(' ').Contains("consent", StringComparer.Ordinal),
                IncludesGranted = query["include_granted_scopes"] == "true",
                LoginHint = query["login_hint"].FirstOrDefault(),
                Prompt = query["prompt"].FirstOrDefault(),
            }, null);
    }
}

using CalendarActors.Domain.Authorization;
using CalendarActors.Grains.Interfaces.Applications;
using Microsoft.Extensions.Primitives;

namespace CalendarActors.Gateway.Authorization;

/// <summary>Which authorization requests a person gets to see (RFC 6749 4.1.1, RFC 7636 4.3).</summary>
internal static class AuthorizeRules
{
    private const int MaxState = 4000;

    /// <summary>A parameter that must be known before anything may be sent to an application: null unless it is there once.</summary>
    public static string? Single(IQueryCollection query, string name)
    {
        StringValues values = query[name];
        return values.Count == 1 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
    }

    /// <summary>Checks all that may be answered to the redirect URI.</summary>
    /// <param name="query">The request.</param>
    /// <param name="application">Who asks.</param>
    /// <param name="redirectUri">One of its registered ones.</param>
    public static AuthorizeVerdict Check(IQueryCollection query, ApplicationView application, string redirectUri)
    {
        (ProtocolParameters? parameters, string? problem) = ProtocolParameters.FromQuery(query);
        string? state = Single(query, "state");
        if (parameters is null)
        {
            return AuthorizeVerdict.Refused("invalid_request", problem!, state);
        }

        (string Error, string Description)? refusal = RefusalOf(parameters);
        string? scope = Scopes.Normalize(parameters["scope"]);
        if (refusal is null && scope is null)
        {
            refusal = ("invalid_scope", "scope is missing or has a word that we do not know.");
        }

        return refusal is { } found
            ? AuthorizeVerdict.Refused(found.Error, found.Description, state)
            : new AuthorizeVerdict(null, null, state, new CheckedAuthorization(
                application.ClientId,
                application.Name,
                redirectUri,
                state,
                scope!,
                parameters["code_challenge"],
                parameters["provider_name"],
                IsTrue(parameters["avoid_linking"]),
                parameters["link_token"]));
    }

    private static (string Error, string Description)? RefusalOf(ProtocolParameters parameters)
    {
        (string? challenge, string? method) = (parameters["code_challenge"], parameters["code_challenge_method"]);
        return parameters switch
        {
            _ when parameters["request"] is not null => ("request_not_supported", "request is not supported."),
            _ when parameters["request_uri"] is not null => ("request_uri_not_supported", "request_uri is not supported."),
            _ when parameters["response_type"] is null => ("invalid_request", "response_type is missing."),
            _ when parameters["response_type"] != "code" => ("unsupported_response_type", "response_type must be code."),
            _ when parameters["response_mode"] is not (null or "query") => ("invalid_request", "response_mode must be query."),
            _ when parameters["state"]?.Length > MaxState => ("invalid_request", "state is too long."),
            _ when challenge is null != method is null =>
                ("invalid_request", "code_challenge and code_challenge_method come together."),
            _ when method is not (null or Pkce.Method) => ("invalid_request", "code_challenge_method must be S256."),
            _ when challenge is not null && !Pkce.IsChallenge(challenge) =>
                ("invalid_request", "code_challenge must be 43 base64url characters."),
            _ => null,
        };
    }

    private static bool IsTrue(string? text) => text is "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}

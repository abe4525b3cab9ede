namespace CalendarActors.Domain.Grants;

/// <summary>Errors of the token endpoint, RFC 6749 section 5.2.</summary>
public static class TokenErrors
{
    /// <summary>A parameter is missing, doubled or malformed.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The application did not prove who it is.</summary>
    public const string InvalidClient = "invalid_client";

    /// <summary>The code or refresh token is worthless to this application.</summary>
    public const string InvalidGrant = "invalid_grant";

    /// <summary>More was asked for than was granted.</summary>
    public const string InvalidScope = "invalid_scope";

    /// <summary>Another way of getting tokens than the two that we know.</summary>
    public const string UnsupportedGrantType = "unsupported_grant_type";
}

using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Authorization;

/// <summary>What the OpenAPI document says of tokens.</summary>
internal static class TokenDescription
{
    private const string Tag = "OAuth";

    public static ApiDescription Token { get; } = new(
        Tag,
        "Exchange a code or a refresh token",
        "RFC 6749 4.1.3 and 6. Wrong credentials are 400, unless Basic was used: the libraries read 401 as an expired access token. "
        + "Any other Authorization header is ignored.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.Credentials,
        Body = """
            {
              "client_id": "app_0123456789abcdef01234567", "client_secret": "cs_0123456789", "grant_type": "refresh_token",
              "refresh_token": "rt_0123456789"
            }
            """,
        BodySchema = TokenSchemas.TokenRequest,
        Answer = """
            {
              "token_type": "bearer", "access_token": "at_0123456789", "expires_in": 3600, "refresh_token": "rt_0123456789",
              "scope": "read_write", "account_id": "acc_0123456789abcdef01234567", "sub": "acc_0123456789abcdef01234567",
              "linking_profile": { "provider_name": "caldav", "profile_id": "pro_1a2b3c", "profile_name": "ann@example.com" }
            }
            """,
        AnswerSchema = TokenSchemas.Token,
    };

    public static ApiDescription Revoke { get; } = new(
        Tag,
        "Take a grant away",
        "RFC 7009, by token, refresh_token or sub: the whole grant goes. An unknown token is accepted as well.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.Credentials,
        Body = """
            { "client_id": "app_0123456789abcdef01234567", "client_secret": "cs_0123456789", "token": "rt_0123456789" }
            """,
        BodySchema = TokenSchemas.Revocation,
    };

    public static ApiDescription ApplicationCalendar { get; } = new(
        Tag,
        "Get or make an application calendar and tokens for it",
        "It needs no account anywhere. The same key gives the same calendar.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.Credentials,
        Body = """
            {
              "client_id": "app_0123456789abcdef01234567", "client_secret": "cs_0123456789",
              "application_calendar_id": "meeting-room-1"
            }
            """,
        BodySchema = TokenSchemas.ApplicationCalendar,
        Answer = """
            {
              "token_type": "bearer", "access_token": "at_0123456789", "expires_in": 3600, "refresh_token": "rt_0123456789",
              "scope": "read_write", "sub": "apc_0123456789abcdef01234567",
              "linking_profile": { "provider_name": "cronofy", "profile_id": "pro_1a2b3c" },
              "application_calendar_id": "meeting-room-1"
            }
            """,
        AnswerSchema = TokenSchemas.Token,
    };

    public static ApiDescription Metadata { get; } = new(
        Tag, "Read what the authorization server can do", "RFC 8414.", StatusCodes.Status200OK)
    {
        Access = ApiAccess.Anyone,
        Answer = """
            {
              "issuer": "https://calendars.example.com",
              "authorization_endpoint": "https://calendars.example.com/oauth/authorize",
              "token_endpoint": "https://calendars.example.com/oauth/token",
              "revocation_endpoint": "https://calendars.example.com/oauth/token/revoke",
              "scopes_supported": ["read_write"], "response_types_supported": ["code"], "response_modes_supported": ["query"],
              "grant_types_supported": ["authorization_code", "refresh_token"],
              "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
              "revocation_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
              "code_challenge_methods_supported": ["S256"], "authorization_response_iss_parameter_supported": true,
              "service_documentation": "https://calendars.example.com/docs"
            }
            """,
    };
}

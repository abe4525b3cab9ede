namespace CalendarActors.Gateway.Api;

/// <summary>What a caller shows to be let in.</summary>
internal enum ApiAccess
{
    /// <summary>An access token: a person's grant.</summary>
    AccessToken,

    /// <summary>A client secret as bearer token: the application itself.</summary>
    ClientSecret,

    /// <summary>An access token, or a client secret: whose application it is, is what counts.</summary>
    TokenOrSecret,

    /// <summary>Client id and secret, in the body or by Basic (RFC 6749 2.3.1).</summary>
    Credentials,

    /// <summary>The operator key.</summary>
    OperatorKey,

    /// <summary>Nothing.</summary>
    Anyone,
}

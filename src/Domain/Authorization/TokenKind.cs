namespace CalendarActors.Domain.Authorization;

/// <summary>What a token of ours is good for.</summary>
public enum TokenKind
{
    /// <summary>An access token: calls the API for one grant.</summary>
    Access = 0,

    /// <summary>A refresh token: gets new access tokens for one grant.</summary>
    Refresh = 1,

    /// <summary>An authorization code: exchanged once.</summary>
    Code = 2,

    /// <summary>A client secret, which is also an application's API key and signs its notifications.</summary>
    ClientSecret = 3,

    /// <summary>The secret of a watch: comes back with a provider's notifications about one calendar.</summary>
    Hook = 4,

    /// <summary>A link token: joins the next login to one grant's person, once.</summary>
    Link = 5,

    /// <summary>The secret of a file attached to events of one calendar: whoever has it may read the file.</summary>
    Attachment = 6,
}

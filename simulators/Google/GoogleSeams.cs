using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Google;

/// <summary>Names of the faults that only this provider has, for <see cref="Fault.OfProvider"/>.</summary>
public static class GoogleSeams
{
    /// <summary>All sync tokens and page tokens given out lose their worth before this request.</summary>
    public const string InvalidateSyncTokens = "invalidate sync tokens";

    /// <summary>All access tokens given out expire before this request.</summary>
    public const string ExpireAccessTokens = "expire access tokens";

    /// <summary>Every user withdraws consent before this request.</summary>
    public const string RevokeGrants = "revoke grants";

    /// <summary>This listing's page has no items, but continues.</summary>
    public const string EmptyPage = "empty page";

    /// <summary>This listing's page begins with the last item of the page before.</summary>
    public const string RepeatItem = "repeat item";

    /// <summary>This listing's page token is refused.</summary>
    public const string RefusePageToken = "refuse page token";

    /// <summary>This listing or event is read from a replica that is a minute behind, and so may go backwards.</summary>
    public const string StaleRead = "stale read";

    /// <summary>This token answer has no calendar scopes and neither has its token.</summary>
    public const string ReduceScopes = "reduce scopes";

    /// <summary>This token answer's access token is expired already.</summary>
    public const string TokenBornExpired = "token born expired";
}
